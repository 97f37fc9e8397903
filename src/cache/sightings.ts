import type { CallScope } from '../http/call.ts';
import type { Failure } from '../http/failure.ts';
import type { Elsewhere } from './cached-reads.ts';
import type { ReadMemory } from './read-memory.ts';
import { type Copy, countStale, isFresh, mayStandIn } from './stale-copy.ts';
import type { KeptEntry, KeptWatcher } from './timed-cache.ts';
import type { Epoch } from './write-epoch.ts';

interface Identified {
  readonly id: string;
}

/** A read of several items. */
interface Several<Item> {
  readonly rows: readonly Item[];
}

/** Finds single items in the reads of several that are kept, as long as those are: they need no read of their own. */
export class Sightings<Item extends Identified> implements KeptWatcher<Several<Item>> {
  readonly #memory: ReadMemory;
  readonly #isWhole: (item: Item) => boolean;
  readonly #reads = new Map<string, KeptEntry<Several<Item>>>();

  /** @param isWhole whether every part of an item could be read: what could not may come whole by itself */
  constructor(memory: ReadMemory, isWhole: (item: Item) => boolean) {
    this.#memory = memory;
    this.#isWhole = isWhole;
  }

  kept(read: KeptEntry<Several<Item>>): void {
    for (const { id } of read.value.rows) {
      const known = this.#reads.get(id);
      if (known?.epoch !== read.epoch || known.readAt < read.readAt) this.#reads.set(id, read);
    }
  }

  dropped(read: KeptEntry<Several<Item>>): void {
    for (const { id } of read.value.rows) if (this.#reads.get(id) === read) this.#reads.delete(id);
  }

  /** Where a read of this one item may look. */
  of(id: Item['id']): Elsewhere<Item> {
    return { find: (epoch) => this.#find(id, epoch), forget: () => void this.#reads.delete(id) };
  }

  /** Forgets those that were asked for and not found. */
  keepOnly(found: readonly Item[], asked: ReadonlyArray<Item['id']>): void {
    if (this.#reads.size === 0 || found.length === asked.length) return;
    const there = new Set(found.map(({ id }) => id));
    for (const id of asked) if (!there.has(id)) this.#reads.delete(id);
  }

  /** Those of these items that were seen within the time for which reads are kept, by their ids. */
  async fresh(ids: ReadonlyArray<Item['id']>, { tally }: CallScope): Promise<ReadonlyMap<Item['id'], Item>> {
    if (this.#reads.size === 0 || this.#memory.ttlMs === 0) return new Map();
    const found = this.#findAll(ids, await this.#memory.epoch.current(), (copy) =>
      isFresh(copy, this.#memory),
    );
    if (found.size > 0) tally.cached += 1;
    return new Map([...found].map(([id, { value }]) => [id, value]));
  }

  /** Stale copies of all of these items, in place of the failure; `null` where there is none of one of them. */
  async insteadOf(
    failure: Failure,
    ids: ReadonlyArray<Item['id']>,
    { tally }: CallScope,
  ): Promise<readonly Item[] | null> {
    if (this.#reads.size === 0 || this.#memory.staleMs === 0) return null;
    const found = this.#findAll(ids, await this.#memory.epoch.current(), (copy) =>
      mayStandIn(copy, failure, this.#memory),
    );
    if (found.size < ids.length) return null;
    for (const copy of found.values()) countStale(copy, tally);
    return Array.from(found.values(), ({ value }) => value);
  }

  #findAll(
    ids: ReadonlyArray<Item['id']>,
    epoch: Epoch,
    isGood: (copy: Copy<Item>) => boolean,
  ): Map<Item['id'], Copy<Item>> {
    const found = new Map<Item['id'], Copy<Item>>();
    for (const id of ids) {
      const copy = this.#find(id, epoch);
      if (copy && isGood(copy)) found.set(id, copy);
    }
    return found;
  }

  #find(id: Item['id'], epoch: Epoch): Copy<Item> | null {
    const read = this.#reads.get(id);
    if (read?.epoch !== epoch.name) return null;
    const value = read.value.rows.find((item) => item.id === id);
    return value && this.#isWhole(value) ? { value, readAt: read.readAt } : null;
  }
}
