import { RecordIndex } from '../../src/cache/index/record-index.ts';
import { MemoryBudget } from '../../src/cache/memory-budget.ts';
import type { ReadMemory } from '../../src/cache/read-memory.ts';
import type { Call, CallResult, CallScope, Send } from '../../src/http/call.ts';
import { toCollection, toEntry } from '../../src/scenario/collections/collection-entry.ts';
import { CollectionsApi } from '../../src/scenario/collections/collections-api.ts';
import type { IdempotencyStore } from '../../src/scenario/collections/idempotency-store.ts';
import { IdempotentCreate } from '../../src/scenario/collections/idempotent-create.ts';
import { MemoryIdempotencyStore } from '../../src/scenario/collections/memory-idempotency-store.ts';
import { createPlaceCursorCodecs } from '../../src/scenario/collections/place-cursor.ts';
import { createCollectionsWalk } from '../../src/scenario/collections/walk-collections.ts';
import { createCursorCodecs } from '../../src/scenario/cursor.ts';
import { createReads, RequestSources } from '../../src/scenario/sources.ts';
import { openMemory } from '../cache/open-memory.ts';
import { scopeOf } from '../http/calls.ts';

/** What the upstream says to a call. */
type Answer = (call: Call) => CallResult | Promise<CallResult>;

/** What an account is opened with, if not as usual. */
interface AccountOptions {
  readonly memory?: Partial<ReadMemory>;
  readonly minPageSize?: number;
  readonly idempotency?: IdempotencyStore;
  /** Most collections of an index, and the most bytes. */
  readonly limits?: { readonly maxRecords: number; readonly maxBytes: number };
}

/** A call that was answered with this. */
export function answered(body: unknown, unclear = false): CallResult {
  return { ok: true, body, unclear };
}

/** An account whose calls end where they are sent: what is in the way to the upstream is not there. */
export function openAccount(answer: Answer, options: AccountOptions = {}) {
  const { minPageSize = 1, idempotency = new MemoryIdempotencyStore() } = options;
  const { limits = { maxRecords: 1_000, maxBytes: 1_000_000 } } = options;
  const sent: string[] = [];
  const send: Send = async (call) => {
    sent.push([call.method, call.path, call.body].filter(Boolean).join(' '));
    return answer(call);
  };
  const way = { send, memory: openMemory(options.memory) };
  const records = new RecordIndex({
    walk: createCollectionsWalk(send, limits),
    toEntry,
    toItem: toCollection,
    ttlMs: 60_000,
    unsettledMs: 5_000,
    budget: new MemoryBudget(limits.maxBytes),
    hasSpareCapacity: () => false,
    quotaMs: () => 0,
    shared: null,
  });
  const collections = new CollectionsApi(way, records);
  const account = {
    ...createReads(way),
    collections,
    index: { records, cursors: createPlaceCursorCodecs('secret', []) },
    idempotentCreate: new IdempotentCreate(collections, idempotency),
    lists: { cursors: createCursorCodecs('secret', []), maxPageWalk: 500, minPageSize },
  };
  return {
    /** What was sent, in its order. */
    sent,
    /** What another request sees. */
    request: (scope: CallScope = scopeOf(), caller = 'ada') => new RequestSources(account, scope, caller),
  };
}

/** The error of what has to fail; `null` where it does not. */
export function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => error,
  );
}
