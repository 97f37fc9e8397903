import { RecordIndex } from '../cache/index/record-index.ts';
import type { MemoryBudget } from '../cache/memory-budget.ts';
import type { Config } from '../config/config.ts';
import type { Collection } from '../scenario/collections/collection.ts';
import { collectionCodec } from '../scenario/collections/collection-codec.ts';
import { type CollectionEntry, toCollection, toEntry } from '../scenario/collections/collection-entry.ts';
import { callsToWalk, createCollectionsWalk } from '../scenario/collections/walk-collections.ts';
import type { AccountState } from './open-shared-state.ts';
import type { UpstreamWay } from './open-upstream-way.ts';

/** Puts together the records of all collections; nothing is read before somebody asks. */
export function openRecords(
  config: Config,
  { send, hasSpareCapacity, quotaMs }: UpstreamWay,
  budget: MemoryBudget,
  openStore: AccountState['openIndexStore'],
): RecordIndex<Collection, CollectionEntry> {
  const { collectionIndexTtlMs: ttlMs, maxIndexedCollections: maxRecords } = config;
  const limits = { maxRecords, maxBytes: budget.maxBytes };
  const form = collectionCodec.one;
  // Replicas that are configured otherwise, or of another version, walk for themselves.
  const store = openStore?.({ name: 'collections', form: `${form.shape}-${ttlMs}-${maxRecords}` });
  return new RecordIndex({
    walk: createCollectionsWalk(send, limits),
    toEntry,
    toItem: toCollection,
    ttlMs,
    unsettledMs: config.upstreamTimeoutMs,
    budget,
    hasSpareCapacity: (records) => hasSpareCapacity(callsToWalk(records)),
    quotaMs: (records, made) => quotaMs(callsLeft(callsToWalk(records ?? maxRecords), made)),
    shared: store ? { store, form } : null,
  });
}

// A list that is changed meanwhile may be walked twice.
function callsLeft(calls: number, made: number): number {
  return calls - (made % calls);
}
