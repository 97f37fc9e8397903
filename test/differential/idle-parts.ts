import { RecordIndex } from '../../src/cache/index/record-index.ts';
import { KeyBudget } from '../../src/cache/key-budget.ts';
import { MemoryBudget } from '../../src/cache/memory-budget.ts';
import { LocalWriteEpoch } from '../../src/cache/write-epoch.ts';
import { Deadline } from '../../src/http/deadline.ts';
import { emptyTally } from '../../src/http/empty-tally.ts';
import { toCollection, toEntry } from '../../src/scenario/collections/collection-entry.ts';
import { CollectionsApi } from '../../src/scenario/collections/collections-api.ts';
import type { CollectionsSourceOptions } from '../../src/scenario/collections/collections-source.ts';
import { IdempotentCreate } from '../../src/scenario/collections/idempotent-create.ts';
import { MemoryIdempotencyStore } from '../../src/scenario/collections/memory-idempotency-store.ts';
import { createPlaceCursorCodecs } from '../../src/scenario/collections/place-cursor.ts';
import { createCursorCodecs } from '../../src/scenario/cursor.ts';
import { createReads } from '../../src/scenario/sources.ts';

/** What a source is made of when all its answers are made up: nothing here is ever used. */
export const SCOPE = {
  requestId: 'unused',
  caller: 'unused',
  deadline: new Deadline(1_000),
  priority: 'read' as const,
  signal: new AbortController().signal,
  tally: emptyTally(),
  calls: { made: 0, limit: 0 },
  observer: { attemptStarted: () => () => {} },
};

const MEMORY = {
  epoch: new LocalWriteEpoch(0),
  ttlMs: 0,
  staleMs: 0,
  store: null,
  budget: new MemoryBudget(0),
  inFlightKeys: new KeyBudget(0),
};

export const LISTS = { cursors: createCursorCodecs('', []), maxPageWalk: 1, minPageSize: 1 };

const send = (): Promise<never> => Promise.reject(new Error('unused'));

export const READS = createReads({ send, memory: MEMORY });

export function idleCollections(): CollectionsSourceOptions {
  const records = new RecordIndex({
    walk: send,
    toEntry,
    toItem: toCollection,
    ttlMs: 0,
    unsettledMs: 0,
    budget: MEMORY.budget,
    hasSpareCapacity: () => false,
    quotaMs: () => 0,
    shared: null,
  });
  const collections = new CollectionsApi({ send, memory: MEMORY }, records);
  return {
    ...READS,
    collections,
    idempotentCreate: new IdempotentCreate(collections, new MemoryIdempotencyStore()),
    index: { records, cursors: createPlaceCursorCodecs('', []) },
    lists: LISTS,
  };
}
