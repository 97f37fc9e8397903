import type { BatchedIds, FieldCost } from '../../schema/planned-calls.ts';

interface Batch {
  readonly maxIds: number;
  readonly ids: Set<string>;
  /** Ids that are not known yet. */
  unknown: number;
}

/** Where a field stands in an operation. */
export interface Place {
  /** Response keys from the root, for people. */
  readonly path: string;
  /** The same for fields that read the same. */
  readonly identity: string;
  /** How many objects the field may belong to. */
  readonly times: number;
  /** Batches of different groups are not one call: mutations run one after the other. */
  readonly group: string;
}

/** Adds up the upstream calls that the fields of an operation need. */
export class CallTally {
  #counted = new Set<string>();
  #batches = new Map<string, Batch>();
  #calls = new Map<string, number>();

  get total(): number {
    let total = 0;
    for (const calls of this.#calls.values()) total += calls;
    for (const { ids, unknown, maxIds } of this.#batches.values())
      total += Math.ceil((ids.size + unknown) / maxIds);
    return total;
  }

  /** The field that needs most calls by itself; `null` when none needs any. */
  get largest(): { readonly path: string; readonly calls: number } | null {
    let largest: { path: string; calls: number } | null = null;
    for (const [path, calls] of this.#calls) if (calls > (largest?.calls ?? 0)) largest = { path, calls };
    return largest;
  }

  /** Counts a field, unless one that reads the same was counted before. */
  add({ calls = 0, batches = [] }: FieldCost, place: Place): void {
    if (this.#counted.has(place.identity)) return;
    this.#counted.add(place.identity);
    this.#calls.set(place.path, calls * place.times);
    for (const batch of batches) this.#addBatch(batch, place);
  }

  /** Another tally that has come to the same so far. */
  fork(): CallTally {
    const fork = new CallTally();
    fork.#counted = new Set(this.#counted);
    fork.#calls = new Map(this.#calls);
    for (const [key, batch] of this.#batches) fork.#batches.set(key, { ...batch, ids: new Set(batch.ids) });
    return fork;
  }

  /** Takes over what another tally has come to. */
  take(other: CallTally): void {
    this.#counted = other.#counted;
    this.#batches = other.#batches;
    this.#calls = other.#calls;
  }

  #addBatch({ endpoint, maxIds, ids }: BatchedIds, { group, times }: Place): void {
    const key = `${group} ${endpoint}`;
    const batch = this.#batches.get(key) ?? { maxIds, ids: new Set(), unknown: 0 };
    this.#batches.set(key, batch);
    if (typeof ids === 'number') batch.unknown += ids * times;
    else for (const id of ids) batch.ids.add(id);
  }
}
