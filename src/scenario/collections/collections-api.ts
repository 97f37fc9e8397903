import type { Patch, PatchTarget } from '../../cache/index/patch.ts';
import type { ReadMemory } from '../../cache/read-memory.ts';
import type { Call, CallResult, CallScope, Send } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import type { CollectionId } from '../../shared/brands.ts';
import { type Result, succeed } from '../../shared/result.ts';
import type { Page } from '../page.ts';
import { Reader } from '../reader.ts';
import type { WriteOutcome } from '../write-outcome.ts';
import { Writer, type WriteSubject } from '../writer.ts';
import type { Collection, CollectionChange } from './collection.ts';
import type { CollectionCalls, MemberKind, MembershipEdit } from './collection-calls.ts';
import { collectionCodec } from './collection-codec.ts';

const { decodeOne, decodePage, oneRead, pageRead } = collectionCodec;

/** The Scenario Collections API in domain words, for all requests together: equal reads in flight are one call. */
export class CollectionsApi {
  readonly #calls: CollectionCalls;
  readonly #pages: Reader<Page<Collection>>;
  readonly #collections: Reader<Collection>;
  readonly #writer: Writer<Collection>;

  /**
   * @param memory keeps what was read for a time
   * @param index is told of every write
   */
  constructor(send: Send, calls: CollectionCalls, memory: ReadMemory, index: PatchTarget<Collection>) {
    this.#calls = calls;
    this.#pages = new Reader(send, memory, pageRead, decodePage);
    this.#collections = new Reader(send, memory, oneRead, decodeOne);
    this.#writer = new Writer(send, memory.epoch, index);
  }

  list(token: string | null, pageSize: number, scope: CallScope): Promise<Result<Page<Collection>, Failure>> {
    return this.#pages.read(this.#calls.list(token, pageSize), scope);
  }

  get(id: CollectionId, scope: CallScope): Promise<Result<Collection, Failure>> {
    return this.#collections.read(this.#calls.retrieve(id), scope);
  }

  create(name: string, scope: CallScope): Promise<WriteOutcome<Collection>> {
    const call = this.#calls.create(name);
    const subject = { collectionId: null, name };
    return this.#writer.write({ call, subject, decode: decodeOne, toPatch: toAdded }, scope);
  }

  update(id: CollectionId, change: CollectionChange, scope: CallScope): Promise<WriteOutcome<Collection>> {
    const { name } = change;
    const subject = { collectionId: id, ...(name === undefined ? {} : { name }) };
    return this.#change(this.#calls.update(id, change), subject, scope);
  }

  delete(id: CollectionId, scope: CallScope): Promise<WriteOutcome<null>> {
    return this.#writer.write(
      {
        call: this.#calls.delete(id),
        subject: { collectionId: id },
        interpret: asDeleted,
        decode: () => succeed(null),
        toPatch: () => ({ kind: 'removed', id }),
      },
      scope,
    );
  }

  /** @param memberIds at most 49; the upstream applies all of them or none */
  editMembers(
    edit: MembershipEdit,
    kind: MemberKind,
    id: CollectionId,
    memberIds: readonly string[],
    scope: CallScope,
  ): Promise<WriteOutcome<Collection>> {
    return this.#change(this.#calls.editMembers(edit, kind, id, memberIds), { collectionId: id }, scope);
  }

  #change(call: Call, subject: WriteSubject, scope: CallScope): Promise<WriteOutcome<Collection>> {
    return this.#writer.write({ call, subject, decode: decodeOne, toPatch: toChanged }, scope);
  }
}

function toAdded(item: Collection): Patch<Collection> {
  return { kind: 'added', item };
}

function toChanged(item: Collection): Patch<Collection> {
  return { kind: 'changed', item };
}

// A collection that is gone after an unclear first try is gone through that try.
function asDeleted(result: CallResult): CallResult {
  if (result.ok || !result.unclear) return result;
  const isGone = result.failure.kind === 'status' && result.failure.status === 404;
  return isGone ? { ok: true, body: undefined, unclear: true } : result;
}
