import type { Patch, PatchTarget } from '../../cache/index/patch.ts';
import type { Call, CallResult, CallScope } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import { isForbidden, isNotFound } from '../../http/outage.ts';
import type { CollectionId } from '../../shared/brands.ts';
import { type Result, succeed } from '../../shared/result.ts';
import type { Page } from '../page.ts';
import type { ReadWay } from '../reader.ts';
import { ResourceReads } from '../resource-reads.ts';
import { type Sighting, settleable, settleWrite } from '../settle-write.ts';
import { noteUnconfirmed, type WriteOutcome } from '../write-outcome.ts';
import { type WriteRequest, Writer, type WriteSubject } from '../writer.ts';
import { AbsentIds } from './absent-ids.ts';
import type { Collection, CollectionChange } from './collection.ts';
import {
  createCollection,
  deleteCollection,
  editCollectionMembers,
  listCollections,
  type MemberKind,
  type MembershipEdit,
  retrieveCollection,
  updateCollection,
} from './collection-calls.ts';
import { collectionCodec } from './collection-codec.ts';
import { decodeDeletion } from './decode-deletion.ts';

/** What is known of all collections. */
interface KnownCollections extends PatchTarget<Collection> {
  has(id: CollectionId): boolean;
}

/** The Scenario Collections API in domain words, for all requests together: equal reads in flight are one call. */
export class CollectionsApi {
  readonly #reads: ResourceReads<Collection>;
  readonly #writer: Writer<Collection>;
  readonly #index: KnownCollections;
  readonly #absent = new AbsentIds();

  /** @param index is told of every write, and of what reads have found otherwise than it has it */
  constructor(way: ReadWay, index: KnownCollections) {
    this.#reads = new ResourceReads(way, collectionCodec);
    this.#writer = new Writer(way.send, way.memory.epoch, index);
    this.#index = index;
  }

  list(token: string | null, pageSize: number, scope: CallScope): Promise<Result<Page<Collection>, Failure>> {
    return this.#reads.page(listCollections(token, pageSize), scope);
  }

  async get(id: CollectionId, scope: CallScope): Promise<Result<Collection, Failure>> {
    const read = await this.#reads.one(id, retrieveCollection(id), scope);
    if (!read.ok) await this.#noteGone(read.failure, id);
    return read;
  }

  /**
   * As `get`, for one that an item names and the index does not have: made behind the gateway's back, it is in the index
   * from then on; gone, or another team's, it is not asked for again, though items may go on naming it.
   * @returns `null` where there is none for this account
   */
  async getUnlisted(id: CollectionId, scope: CallScope): Promise<Result<Collection | null, Failure>> {
    if (this.#absent.has(id)) return succeed(null);
    const beganAt = performance.now();
    const read = await this.get(id, scope);
    if (read.ok) {
      const tookMs = performance.now() - beganAt;
      await this.#index.note({ patch: { kind: 'seen', item: read.value }, isSettled: true, tookMs });
    } else if (isNotFound(read.failure) || isForbidden(read.failure)) {
      this.#absent.add(id);
      return succeed(null);
    }
    return read;
  }

  /** As `get`, whatever is in flight or was kept: it tells what became of a write, and the index of it too. */
  async getFresh(id: CollectionId, scope: CallScope): Promise<Result<Collection, Failure>> {
    const read = await this.#reads.freshOne(retrieveCollection(id), scope);
    if (read.ok) await this.#tellIndex({ kind: 'seen', item: read.value });
    else if (isNotFound(read.failure)) await this.#tellIndex({ kind: 'removed', id });
    return read;
  }

  async create(name: string, scope: CallScope): Promise<WriteOutcome<Collection>> {
    const call = createCollection(name);
    const subject = { collectionId: null, name };
    const outcome = await this.#writer.write(
      { call, subject, decode: collectionCodec.one.decode, toPatch: toAdded },
      scope,
    );
    noteUnconfirmed(outcome, scope);
    return outcome;
  }

  async update(
    id: CollectionId,
    change: CollectionChange,
    scope: CallScope,
  ): Promise<WriteOutcome<Collection>> {
    const { name } = change;
    const subject = { collectionId: id, ...(name === undefined ? {} : { name }) };
    const outcome = await settleWrite(
      () => this.#change(updateCollection(id, change), subject, scope),
      async () => sightUpdate(await this.getFresh(id, scope), change),
      scope,
    );
    await this.#noteSettled(outcome, id, scope);
    // What is not found may be the cover as well.
    if (outcome.kind === 'not-applied' && !change.thumbnail) await this.#noteGone(outcome.failure, id);
    return outcome;
  }

  async delete(id: CollectionId, scope: CallScope): Promise<WriteOutcome<null>> {
    const request: WriteRequest<null, Collection> = {
      call: deleteCollection(id),
      subject: { collectionId: id },
      interpret: asDeleted,
      decode: decodeDeletion,
      toPatch: () => ({ kind: 'removed', id }),
    };
    const outcome = await settleWrite(
      () => this.#writer.write(request, settleable(scope)),
      async () => sightDeletion(await this.getFresh(id, scope)),
      scope,
    );
    await this.#noteSettled(outcome, id, scope);
    if (outcome.kind === 'not-applied') await this.#noteGone(outcome.failure, id);
    return outcome;
  }

  /**
   * Sends one membership call; whoever edits members settles it.
   * @param memberIds at most 49; the upstream applies all of them or none
   */
  editMembers(
    edit: MembershipEdit,
    kind: MemberKind,
    id: CollectionId,
    memberIds: readonly string[],
    scope: CallScope,
  ): Promise<WriteOutcome<Collection>> {
    return this.#change(editCollectionMembers(edit, kind, id, memberIds), { collectionId: id }, scope);
  }

  // What was read to settle it tells nothing of a write that may still arrive.
  async #noteSettled(outcome: WriteOutcome<unknown>, id: CollectionId, scope: CallScope): Promise<void> {
    noteUnconfirmed(outcome, scope);
    if (outcome.kind === 'unknown') await this.#tellIndex({ kind: 'unknown', id });
  }

  // Deleted behind the gateway's back: nobody is to find it any more.
  async #noteGone(failure: Failure, id: CollectionId): Promise<void> {
    if (isNotFound(failure) && this.#index.has(id)) await this.#tellIndex({ kind: 'removed', id });
  }

  async #tellIndex(patch: Patch<Collection>): Promise<void> {
    await this.#index.note({ patch, isSettled: patch.kind !== 'unknown', tookMs: 0 });
  }

  #change(call: Call, subject: WriteSubject, scope: CallScope): Promise<WriteOutcome<Collection>> {
    return this.#writer.write(
      { call, subject, decode: collectionCodec.one.decode, toPatch: toChanged },
      settleable(scope),
    );
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

function sightUpdate(
  read: Result<Collection, Failure>,
  { name, thumbnail }: CollectionChange,
): Sighting<Collection> {
  if (!read.ok) {
    const { failure } = read;
    return isNotFound(failure) ? { kind: 'gone', failure } : { kind: 'unreadable' };
  }
  const { value } = read;
  const isRenamed = name === undefined || value.name === name;
  // One that cannot be read confirms nothing.
  const shown = value.thumbnail === undefined ? undefined : (value.thumbnail?.assetId ?? null);
  const isCovered = thumbnail === undefined || shown === thumbnail;
  return isRenamed && isCovered ? { kind: 'confirmed', value } : { kind: 'not-seen' };
}

function sightDeletion(read: Result<Collection, Failure>): Sighting<null> {
  if (read.ok) return { kind: 'not-seen' };
  return isNotFound(read.failure) ? { kind: 'confirmed', value: null } : { kind: 'unreadable' };
}
