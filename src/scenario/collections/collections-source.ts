import DataLoader from 'dataloader';
import type { CallScope } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import type { CollectionId } from '../../shared/brands.ts';
import type { GatewayError } from '../../shared/gateway-error.ts';
import type { Result } from '../../shared/result.ts';
import { editInChunks } from '../bulk-membership.ts';
import { type CursorCodecs, ROOT_LIST } from '../cursor.ts';
import { explainFailure } from '../explain-failure.ts';
import { readSlice, type Slice } from '../list-slice.ts';
import type { WalkedRow } from '../list-walk.ts';
import type { Page } from '../page.ts';
import { ReadOnce } from '../read-once.ts';
import { explainOutcome, type WriteOutcome } from '../write-outcome.ts';
import type { Collection, CollectionChange } from './collection.ts';
import type { MemberKind, MembershipEdit } from './collection-calls.ts';
import type { CollectionsApi } from './collections-api.ts';
import type { IdempotentCreate } from './idempotent-create.ts';

/** What the source needs for longer than one request. */
export interface CollectionsSourceOptions {
  readonly api: CollectionsApi;
  readonly idempotentCreate: IdempotentCreate;
  readonly cursors: CursorCodecs;
  /** Largest `first` of a list. */
  readonly maxPageWalk: number;
}

/** The collections as one request sees them: each is read once, however often it is asked for. */
export class CollectionsSource {
  readonly #options: CollectionsSourceOptions;
  readonly #scope: CallScope;
  readonly #account: string;
  readonly #pages = new ReadOnce<Result<Page<Collection>, Failure>>();
  // Collections that came with a list or a write.
  readonly #seen: Array<readonly Collection[]> = [];
  // Most requests read one list and no single collection.
  #loader: DataLoader<CollectionId, Collection | null> | null = null;

  /** @param account whose idempotency keys come with the request */
  constructor(options: CollectionsSourceOptions, scope: CallScope, account: string) {
    this.#options = options;
    this.#scope = scope;
    this.#account = account;
  }

  /**
   * @returns `null` when there is no such collection
   * @throws GatewayError when it can't be read
   */
  load(id: CollectionId): Promise<Collection | null> {
    for (const collections of this.#seen) {
      const known = collections.find((collection) => collection.id === id);
      if (known) return Promise.resolve(known);
    }
    this.#loader ??= new DataLoader<CollectionId, Collection | null>(
      (ids) => Promise.all(ids.map((each) => this.#read(each))),
      // The API reads one collection a call: there is no batch that would be worth waiting for.
      { batchScheduleFn: queueMicrotask },
    );
    return this.#loader.load(id);
  }

  /**
   * @param first rows wanted, 0 to `maxPageWalk`
   * @param after cursor of an earlier slice
   * @throws GatewayError for a bad argument, or when not even the first page could be read
   */
  async list(first: number, after: string | null): Promise<Slice<Collection>> {
    const { cursors, maxPageWalk } = this.#options;
    const list = {
      parts: 1,
      fetchPage: (_part: number, token: string | null, pageSize: number) => this.#readPage(token, pageSize),
    };
    const request = { first, after, maxPageWalk, subjectId: null };
    const slice = await readSlice(list, cursors(ROOT_LIST), request);
    this.#see(slice.rows);
    return slice;
  }

  /** @param idempotencyKey with it, the same create is made once and gives its first outcome again */
  async create(name: string, idempotencyKey: string | null): Promise<Collection> {
    const { api, idempotentCreate } = this.#options;
    if (idempotencyKey === null) return this.#remember(certain(await api.create(name, this.#scope), null));
    return this.#remember(await idempotentCreate.run(this.#account, idempotencyKey, name, this.#scope));
  }

  async update(id: CollectionId, change: CollectionChange): Promise<Collection> {
    this.#forget(id);
    return this.#remember(certain(await this.#options.api.update(id, change, this.#scope), id));
  }

  async delete(id: CollectionId): Promise<void> {
    this.#forget(id);
    certain(await this.#options.api.delete(id, this.#scope), id);
  }

  /** @param memberIds at least one, each once */
  async editMembers(
    edit: MembershipEdit,
    kind: MemberKind,
    id: CollectionId,
    memberIds: readonly string[],
  ): Promise<Collection> {
    this.#forget(id);
    return this.#remember(
      await editInChunks(id, memberIds, (chunk) =>
        this.#options.api.editMembers(edit, kind, id, chunk, this.#scope),
      ),
    );
  }

  #remember(collection: Collection): Collection {
    this.#forget(collection.id);
    this.#seen.push([collection]);
    return collection;
  }

  // A write makes what was read before it old.
  #forget(id: CollectionId): void {
    this.#seen.length = 0;
    this.#pages.clear();
    this.#loader?.clear(id);
  }

  #read(id: CollectionId): Promise<Collection | null | GatewayError> {
    return this.#options.api.get(id, this.#scope).then((result) => {
      if (result.ok) return result.value;
      const { failure } = result;
      return failure.kind === 'status' && failure.status === 404 ? null : explainFailure(failure, id);
    });
  }

  #readPage(token: string | null, pageSize: number): Promise<Result<Page<Collection>, Failure>> {
    return this.#pages.read(`${pageSize} ${token}`, () =>
      this.#options.api.list(token, pageSize, this.#scope),
    );
  }

  // The rows of a page follow one another.
  #see(rows: readonly WalkedRow<Collection>[]): void {
    let last: WalkedRow<Collection>['page'] | null = null;
    for (const { page } of rows) {
      if (page !== last) this.#seen.push(page.rows);
      last = page;
    }
  }
}

function certain<Value>(outcome: WriteOutcome<Value>, subjectId: string | null): Value {
  if (outcome.kind === 'applied') return outcome.value;
  throw explainOutcome(outcome, subjectId);
}
