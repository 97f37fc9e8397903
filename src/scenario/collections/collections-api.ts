import { CachedReads } from '../../cache/cached-reads.ts';
import type { ReadMemory } from '../../cache/read-memory.ts';
import type { WriteEpoch } from '../../cache/write-epoch.ts';
import type { Call, CallResult, CallScope, Send } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import { isRefusal } from '../../http/outage.ts';
import type { CollectionId } from '../../shared/brands.ts';
import type { UnconfirmedWrite } from '../../shared/gateway-error.ts';
import { type Result, succeed } from '../../shared/result.ts';
import { judgeWrite, type WriteOutcome } from '../write-outcome.ts';
import type { Collection, CollectionChange, CollectionPage } from './collection.ts';
import {
  type CollectionCalls,
  DELETE_ENDPOINT,
  type MemberKind,
  type MembershipEdit,
} from './collection-calls.ts';
import { COLLECTION_READ, decodeCollection, decodePage, PAGE_READ } from './decode-collection.ts';

type Decode<Value> = (body: unknown) => Result<Value, Failure>;

/** What a write is about, for whoever has to find out what became of it. */
type Subject = Pick<UnconfirmedWrite, 'collectionId' | 'name'>;

/** The Scenario Collections API in domain words, for all requests together: equal reads in flight are one call. */
export class CollectionsApi {
  readonly #send: Send;
  readonly #calls: CollectionCalls;
  readonly #epoch: WriteEpoch;
  readonly #pages: CachedReads<CollectionPage>;
  readonly #collections: CachedReads<Collection>;

  /**
   * @param memory keeps what was read for a time; its epoch is told of every write, also when nothing is kept here:
   *   another replica may keep
   */
  constructor(send: Send, calls: CollectionCalls, memory: ReadMemory) {
    this.#send = send;
    this.#calls = calls;
    this.#epoch = memory.epoch;
    this.#pages = new CachedReads(memory, PAGE_READ);
    this.#collections = new CachedReads(memory, COLLECTION_READ);
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
    return reads.read(call.path, scope, (shared) =>
      this.#send(call, shared).then((result) => (result.ok ? decode(result.body) : result)),
    );
  }

  async #write<Value>(
    call: Call,
    subject: Subject,
    decode: Decode<Value>,
    scope: CallScope,
  ): Promise<WriteOutcome<Value>> {
    const startedAt = new Date();
    const result = asDeleted(call, await this.#send(call, scope));
    const outcome = judgeWrite(result, decode, () => ({
      endpoint: call.endpoint,
      ...subject,
      startedAt: startedAt.toISOString(),
    }));
    // Also after success: an earlier try, which nobody waits for any more, may arrive behind later writes.
    const isSettled = outcome.kind !== 'unknown' && !result.unclear;
    if (!isWithoutEffect(outcome)) await this.#epoch.advance(isSettled);
    if (outcome.kind === 'unknown') scope.tally.unconfirmed += 1;
    return outcome;
  }
}

// Where nothing was learnt and nothing was changed, what was read before is as true as it was.
function isWithoutEffect(outcome: WriteOutcome<unknown>): boolean {
  return outcome.kind === 'refused' && !isRefusal(outcome.failure);
}

// A collection that is gone after an unclear first try is gone through that try.
function asDeleted(call: Call, result: CallResult): CallResult {
  if (call.endpoint !== DELETE_ENDPOINT || result.ok || !result.unclear) return result;
  const isGone = result.failure.kind === 'status' && result.failure.status === 404;
  return isGone ? { ok: true, body: undefined, unclear: true } : result;
}
