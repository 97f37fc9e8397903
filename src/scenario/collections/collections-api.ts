import type { ReadMemory } from '../../cache/read-memory.ts';
import type { CallResult, CallScope, Send } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import type { CollectionId } from '../../shared/brands.ts';
import { type Result, succeed } from '../../shared/result.ts';
import type { Page } from '../page.ts';
import { Reader } from '../reader.ts';
import type { WriteOutcome } from '../write-outcome.ts';
import { Writer } from '../writer.ts';
import type { Collection, CollectionChange } from './collection.ts';
import type { CollectionCalls, MemberKind, MembershipEdit } from './collection-calls.ts';
import { collectionCodec } from './collection-codec.ts';

const { decodeOne, decodePage, oneRead, pageRead } = collectionCodec;

/** The Scenario Collections API in domain words, for all requests together: equal reads in flight are one call. */
export class CollectionsApi {
  readonly #calls: CollectionCalls;
  readonly #pages: Reader<Page<Collection>>;
  readonly #collections: Reader<Collection>;
  readonly #writer: Writer;

  /** @param memory keeps what was read for a time */
  constructor(send: Send, calls: CollectionCalls, memory: ReadMemory) {
    this.#calls = calls;
    this.#pages = new Reader(send, memory, pageRead, decodePage);
    this.#collections = new Reader(send, memory, oneRead, decodeOne);
    this.#writer = new Writer(send, memory.epoch);
  }

  list(token: string | null, pageSize: number, scope: CallScope): Promise<Result<Page<Collection>, Failure>> {
    return this.#pages.read(this.#calls.list(token, pageSize), scope);
  }

  get(id: CollectionId, scope: CallScope): Promise<Result<Collection, Failure>> {
    return this.#collections.read(this.#calls.retrieve(id), scope);
  }

  create(name: string, scope: CallScope): Promise<WriteOutcome<Collection>> {
    return this.#writer.write(this.#calls.create(name), { collectionId: null, name }, decodeOne, scope);
  }

  update(id: CollectionId, change: CollectionChange, scope: CallScope): Promise<WriteOutcome<Collection>> {
    const subject = { collectionId: id, ...(change.name === undefined ? {} : { name: change.name }) };
    return this.#writer.write(this.#calls.update(id, change), subject, decodeOne, scope);
  }

  delete(id: CollectionId, scope: CallScope): Promise<WriteOutcome<null>> {
    const call = this.#calls.delete(id);
    return this.#writer.write(call, { collectionId: id }, () => succeed(null), scope, asDeleted);
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
    return this.#writer.write(call, { collectionId: id }, decodeOne, scope);
  }
}

// A collection that is gone after an unclear first try is gone through that try.
function asDeleted(result: CallResult): CallResult {
  if (result.ok || !result.unclear) return result;
  const isGone = result.failure.kind === 'status' && result.failure.status === 404;
  return isGone ? { ok: true, body: undefined, unclear: true } : result;
}
