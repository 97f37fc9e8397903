import { RecordIndex } from '../../src/cache/index/record-index.ts';
import { KeyBudget } from '../../src/cache/key-budget.ts';
import { MemoryBudget } from '../../src/cache/memory-budget.ts';
import { LocalWriteEpoch } from '../../src/cache/write-epoch.ts';
import { Deadline } from '../../src/http/deadline.ts';
import { emptyTally } from '../../src/http/empty-tally.ts';
import { AssetsApi } from '../../src/scenario/assets/assets-api.ts';
import { CollectionCalls } from '../../src/scenario/collections/collection-calls.ts';
import { toCollection, toEntry } from '../../src/scenario/collections/collection-entry.ts';
import { CollectionsApi } from '../../src/scenario/collections/collections-api.ts';
import type { CollectionsSourceOptions } from '../../src/scenario/collections/collections-source.ts';
import { IdempotentCreate } from '../../src/scenario/collections/idempotent-create.ts';
import { MemoryIdempotencyStore } from '../../src/scenario/collections/memory-idempotency-store.ts';
import { createPlaceCursorCodecs } from '../../src/scenario/collections/place-cursor.ts';
import { createCursorCodecs } from '../../src/scenario/cursor.ts';
import { ModelsApi } from '../../src/scenario/models/models-api.ts';
import { createUpstreamPath } from '../../src/scenario/upstream-path.ts';

/** What a source is made of when all its answers are made up: nothing here is ever used. */
export const SCOPE = {
  requestId: 'unused',
  deadline: new Deadline(1_000),
  priority: 'read' as const,
  signal: new AbortController().signal,
  tally: emptyTally(),
  calls: { made: 0, limit: 0 },
  observer: { attemptStarted: () => () => {} },
};

export const MEMORY = {
  epoch: new LocalWriteEpoch(0),
  ttlMs: 0,
  staleMs: 0,
  store: null,
  budget: new MemoryBudget(0),
  inFlightKeys: new KeyBudget(0),
};

export const LISTS = { cursors: createCursorCodecs('', []), maxPageWalk: 1, minPageSize: 1 };

export const send = (): Promise<never> => Promise.reject(new Error('unused'));

export function idleCollections(): CollectionsSourceOptions {
  const records = new RecordIndex({
    walk: send,
    toEntry,
    toItem: toCollection,
    ttlMs: 0,
    unsettledMs: 0,
    budget: MEMORY.budget,
    hasSpareCapacity: () => false,
    shared: null,
  });
  const to = createUpstreamPath(null);
  const calls = new CollectionCalls(to);
  const collections = new CollectionsApi(send, calls, MEMORY, records);
  return {
    collections,
    assets: new AssetsApi(send, to, MEMORY),
    models: new ModelsApi(send, to, MEMORY),
    idempotentCreate: new IdempotentCreate(collections, new MemoryIdempotencyStore()),
    index: { records, cursors: createPlaceCursorCodecs('', []) },
    lists: LISTS,
  };
}
