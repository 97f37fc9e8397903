import type { Call, CallResult, CallScope, Send } from '../http/call.ts';
import type { Failure } from '../http/failure.ts';
import type { CollectionId } from '../shared/brands.ts';
import type { UnconfirmedWrite } from '../shared/gateway-error.ts';
import { type Result, succeed } from '../shared/result.ts';
import { CachedReads } from './cached-reads.ts';
import {
  type CollectionCalls,
  DELETE_ENDPOINT,
  type MemberKind,
  type MembershipEdit,
} from './collection-calls.ts';
import { decodeCollection, decodePage } from './decode.ts';
import type { Generation } from './generation.ts';
import type { Collection, CollectionChange, CollectionPage } from './model.ts';
import { TimedCache } from './timed-cache.ts';
import { judgeWrite, type WriteOutcome } from './write-outcome.ts';

type Decode<Value> = (body: unknown) => Result<Value, Failure>;

/** What a write is about, for whoever has to find out what became of it. */
type Subject = Pick<UnconfirmedWrite, 'collectionId' | 'name'>;

/** How long reads are kept in memory, and what makes them old before. */
export interface ReadMemory {
  readonly generation: Generation;
  /** Milliseconds. */
  readonly ttlMs: number;
}

const MAX_CACHE_BYTES = 16 * 1_048_576;
// A collection with a long name and a signed URL, as objects in memory.
const BYTES_PER_COLLECTION = 1_500;

/** The Scenario Collections API in domain words, for all requests together: equal reads in flight are one call. */
export class CollectionsApi {
  readonly #send: Send;
  readonly #calls: CollectionCalls;
  readonly #memory: ReadMemory | null;
  readonly #pages: CachedReads<CollectionPage>;
  readonly #collections: CachedReads<Collection>;

  /** @param memory keeps what was read for a time; nothing is kept without */
  constructor(send: Send, calls: CollectionCalls, memory: ReadMemory | null) {
    this.#send = send;
    this.#calls = calls;
    this.#memory = memory;
    this.#pages = new CachedReads(memory && createCache(memory, ({ collections }) => collections.length + 1));
    this.#collections = new CachedReads(memory && createCache(memory, () => 1));
  }

  list(token: string | null, pageSize: number, scope: CallScope): Promise<Result<CollectionPage, Failure>> {
    return this.#read(this.#pages, this.#calls.list(token, pageSize), decodePage, scope);
  }

  get(id: CollectionId, scope: CallScope): Promise<Result<Collection, Failure>> {
    return this.#read(this.#collections, this.#calls.retrieve(id), decodeCollection, scope);
  }

  create(name: string, scope: CallScope): Promise<WriteOutcome<Collection>> {
    return this.#write(this.#calls.create(name), { collectionId: null, name }, decodeCollection, scope);
  }

  update(id: CollectionId, change: CollectionChange, scope: CallScope): Promise<WriteOutcome<Collection>> {
    const subject = { collectionId: id, ...(change.name === undefined ? {} : { name: change.name }) };
    return this.#write(this.#calls.update(id, change), subject, decodeCollection, scope);
  }

  delete(id: CollectionId, scope: CallScope): Promise<WriteOutcome<null>> {
    return this.#write(this.#calls.delete(id), { collectionId: id }, () => succeed(null), scope);
  }

  /** @param memberIds at most 49; the upstream applies all of them or none */
  editMembers(
    edit: MembershipEdit,
    kind: MemberKind,
    id: CollectionId,
    memberIds: readonly string[],
    scope: CallScope,
  ): Promise<WriteOutcome<Collection>> {
    const call = this.#calls.editMembers(edit, kind, id, memberIds);
    return this.#write(call, { collectionId: id }, decodeCollection, scope);
  }

  #read<Value extends {}>(
    reads: CachedReads<Value>,
    call: Call,
    decode: Decode<Value>,
    scope: CallScope,
  ): Promise<Result<Value, Failure>> {
    return reads.read(call.path, scope, async (shared) => {
      const result = await this.#send(call, shared);
      return result.ok ? decode(result.body) : result;
    });
  }

  async #write<Value>(
    call: Call,
    subject: Subject,
    decode: Decode<Value>,
    scope: CallScope,
  ): Promise<WriteOutcome<Value>> {
    const startedAt = new Date().toISOString();
    const result = asDeleted(call, await this.#send(call, scope));
    this.#pages.detach();
    this.#collections.detach();
    await this.#memory?.generation.advance();
    const outcome = judgeWrite(result, decode, { endpoint: call.endpoint, ...subject, startedAt });
    if (outcome.kind === 'unknown') scope.tally.unconfirmed += 1;
    return outcome;
  }
}

function createCache<Value extends {}>(
  { generation, ttlMs }: ReadMemory,
  collectionsOf: (value: Value) => number,
): TimedCache<Value> {
  return new TimedCache(
    generation,
    ttlMs,
    MAX_CACHE_BYTES,
    (value) => collectionsOf(value) * BYTES_PER_COLLECTION,
  );
}

// A collection that is gone after an unclear first try is gone through that try.
function asDeleted(call: Call, result: CallResult): CallResult {
  if (call.endpoint !== DELETE_ENDPOINT || result.ok || !result.unclear) return result;
  const isGone = result.failure.kind === 'status' && result.failure.status === 404;
  return isGone ? { ok: true, body: undefined, unclear: true } : result;
}
