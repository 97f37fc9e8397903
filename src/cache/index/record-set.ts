import { sizeInBytes } from '../size-in-bytes.ts';
import type { IndexEntry, SortOrder } from './index-kind.ts';
import { partitionPoint } from './partition-point.ts';

// What the set itself needs for an entry, in a few orders.
const BOOKKEEPING_BYTES = 120;

/** All records of a list, to be looked up and sorted. A change costs no new sort. */
export class RecordSet<Entry extends IndexEntry> {
  readonly #entries = new Map<string, Entry>();
  // When each was removed.
  readonly #removed = new Map<string, number>();
  readonly #sorted = new Map<SortOrder<Entry>, Entry[]>();
  #bytes = 0;

  /** @param previous was sorted by the orders that are asked for: much of its work is done already */
  constructor(entries: Iterable<Entry>, previous: RecordSet<Entry> | null) {
    for (const entry of entries) this.put(entry, 0);
    if (previous) for (const [order, sorted] of previous.#sorted) this.#sortLike(sorted, order);
  }

  get size(): number {
    return this.#entries.size;
  }

  /** About how much memory it takes. */
  get bytes(): number {
    return this.#bytes;
  }

  get(id: string): Entry | null {
    return this.#entries.get(id) ?? null;
  }

  /** Whether it was taken out, and is not only unknown. */
  wasRemoved(id: string): boolean {
    return this.#removed.has(id);
  }

  map<Item>(toItem: (entry: Entry) => Item): Item[] {
    return Array.from(this.#entries.values(), toItem);
  }

  /** How many records this holds for. */
  count(isCounted: (entry: Entry) => boolean): number {
    let count = 0;
    for (const entry of this.#entries.values()) if (isCounted(entry)) count += 1;
    return count;
  }

  /** The records of the other set that are not in this one, and were not removed from it. */
  missingOf(other: RecordSet<Entry>): string[] {
    return [...other.#entries.keys()].filter((id) => !this.#entries.has(id) && !this.#removed.has(id));
  }

  /**
   * Adds a record or replaces an older form of it. What was removed does not come back by a change that is told late.
   * @param beganAt when the write began that has made it so, on the same clock as removals
   */
  put(entry: Entry, beganAt: number): void {
    const known = this.#entries.get(entry.id);
    const removedAt = this.#removed.get(entry.id) ?? Number.NEGATIVE_INFINITY;
    if (beganAt < removedAt || (known && known.updatedAt > entry.updatedAt)) return;
    if (known) this.#drop(known);
    this.#entries.set(entry.id, entry);
    this.#bytes += bytesOf(entry);
    for (const [order, sorted] of this.#sorted) sorted.splice(placeOf(entry, sorted, order), 0, entry);
  }

  remove(id: string, endedAt: number): void {
    if (!this.#removed.has(id)) this.#bytes += BOOKKEEPING_BYTES + sizeInBytes(id);
    this.#removed.set(id, endedAt);
    const known = this.#entries.get(id);
    if (known) this.#drop(known);
  }

  /** All records in this order. Valid until the next change. */
  sorted(order: SortOrder<Entry>): readonly Entry[] {
    const known = this.#sorted.get(order);
    if (known) return known;
    const sorted = [...this.#entries.values()].sort(order);
    this.#sorted.set(order, sorted);
    return sorted;
  }

  // Nearly all of it is in place, and what is costs next to nothing to sort.
  #sortLike(model: readonly Entry[], order: SortOrder<Entry>): void {
    const sorted = new Set(model.flatMap(({ id }) => this.#entries.get(id) ?? []));
    for (const entry of this.#entries.values()) sorted.add(entry);
    this.#sorted.set(order, [...sorted].sort(order));
  }

  #drop(entry: Entry): void {
    this.#entries.delete(entry.id);
    this.#bytes -= bytesOf(entry);
    for (const [order, sorted] of this.#sorted) sorted.splice(placeOf(entry, sorted, order), 1);
  }
}

function placeOf<Entry>(entry: Entry, sorted: readonly Entry[], order: SortOrder<Entry>): number {
  return partitionPoint(sorted, (each) => order(each, entry) < 0);
}

function bytesOf(entry: IndexEntry): number {
  return BOOKKEEPING_BYTES + sizeInBytes(entry);
}
