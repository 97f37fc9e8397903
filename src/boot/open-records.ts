import { RecordIndex } from '../cache/index/record-index.ts';
import type { MemoryBudget } from '../cache/memory-budget.ts';
import type { Config } from '../config/config.ts';
import type { Send } from '../http/call.ts';
import type { Collection } from '../scenario/collections/collection.ts';
import type { CollectionCalls } from '../scenario/collections/collection-calls.ts';
import { type CollectionEntry, toEntry } from '../scenario/collections/collection-entry.ts';
import { createCollectionsWalk } from '../scenario/collections/walk-collections.ts';

/** The way to the upstream. */
interface UpstreamWay {
  readonly send: Send;
  /** Whether there is room for calls that nobody waits for. */
  readonly hasSpareCapacity: () => boolean;
}

/** Puts together the records of all collections; nothing is read before somebody asks. */
export function openRecords(
  config: Config,
  { send, hasSpareCapacity }: UpstreamWay,
  calls: CollectionCalls,
  budget: MemoryBudget,
): RecordIndex<Collection, CollectionEntry> {
  const limits = { maxRecords: config.maxIndexedCollections, maxBytes: budget.maxBytes };
  return new RecordIndex({
    walk: createCollectionsWalk(send, calls, limits),
    toEntry,
    ttlMs: config.collectionIndexTtlMs,
    unsettledMs: config.upstreamTimeoutMs,
    budget,
    hasSpareCapacity,
  });
}
