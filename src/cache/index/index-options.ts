import type { MemoryBudget } from '../memory-budget.ts';
import type { IndexEntry, IndexedItem, WalkList } from './index-kind.ts';
import type { IndexStore } from './index-store.ts';
import type { StoredForm } from './stored-patch.ts';

/** What an index is made of. Times are in milliseconds. */
export interface RecordIndexOptions<Item extends IndexedItem, Entry extends IndexEntry> {
  /** Reads the list from the upstream, unless it is larger than what is indexed. */
  readonly walk: WalkList<Item>;
  readonly toEntry: (item: Item) => Entry;
  readonly toItem: (entry: Entry) => Item;
  /** How old the index may be. */
  readonly ttlMs: number;
  /** How long after its end a write whose outcome is unknown may still arrive upstream. */
  readonly unsettledMs: number;
  /** Bounds the memory of all indexes together. */
  readonly budget: MemoryBudget;
  /** Whether the upstream has room for a walk over so many records that nobody waits for: the one place where a refresh gives way to others. */
  readonly hasSpareCapacity: (records: number) => boolean;
  /**
   * How long the quota of the upstream takes for the rest of a walk when nobody else calls; 0 where no quota is known.
   * @param records that there are; `null` where nobody knows
   * @param calls that it has made
   */
  readonly quotaMs: (records: number | null, calls: number) => number;
  /** Where replicas share it, and in which form; `null` keeps it in this process. */
  readonly shared: { readonly store: IndexStore; readonly form: StoredForm<Item> } | null;
}
