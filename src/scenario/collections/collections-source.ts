import DataLoader from 'dataloader';
import type { CallScope } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import type { CollectionId } from '../../shared/brands.ts';
import { GatewayError } from '../../shared/gateway-error.ts';
import type { Result } from '../../shared/result.ts';
import { editInChunks } from '../bulk-membership.ts';
import type { CursorCodec } from '../cursor.ts';
import { explainFailure } from '../explain-failure.ts';
import { positionAfter, startOfList, type WalkedRow, walkList } from '../list-walk.ts';
import { explainOutcome, type WriteOutcome } from '../write-outcome.ts';
import type { Collection, CollectionChange, CollectionPage } from './collection.ts';
import type { MemberKind, MembershipEdit } from './collection-calls.ts';
import type { CollectionsApi } from './collections-api.ts';
import type { IdempotentCreate } from './idempotent-create.ts';

/** A part of the list of collections. */
export interface CollectionSlice {
  readonly rows: readonly WalkedRow[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Why the slice is shorter than it was to be, if it is. */
  readonly error: GatewayError | null;
}

/** What the source needs for longer than one request. */
export interface CollectionsSourceOptions {
  readonly api: CollectionsApi;
  readonly idempotentCreate: IdempotentCreate;
  readonly cursors: CursorCodec;
  /** Largest `first` of a list. */
  readonly maxPageWalk: number;
}

/** A page that this request has asked for. */
interface ReadPage {
  readonly token: string | null;
  readonly pageSize: number;
  readonly page: Promise<Result<CollectionPage, Failure>>;
}

/** The collections as one request sees them: each is read once, however often it is asked for. */
export class CollectionsSource {
  readonly #options: CollectionsSourceOptions;
  readonly #scope: CallScope;
  readonly #account: string;
  // Few: a list is read in large pages.
  #pages: readonly ReadPage[] = [];
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
  async list(first: number, after: string | null): Promise<CollectionSlice> {
    this.#checkFirst(first);
    const start = after === null ? startOfList(first) : this.#options.cursors.decode(after);
    if (start === null) throw new GatewayError('BAD_USER_INPUT', '"after" is no cursor of this list.');
    const hasPreviousPage = after !== null;
    if (first === 0) return { rows: [], hasNextPage: false, hasPreviousPage, error: null };
    const { rows, hasMore, failure } = await walkList(
      (token, pageSize) => this.#readPage(token, pageSize),
      start,
      first,
    );
    this.#see(rows);
    const error = failure && explainFailure(failure, null);
    if (error && rows.length === 0) throw error;
    return { rows, hasNextPage: hasMore, hasPreviousPage, error };
  }

  /** The cursor that resumes a list behind this row. */
  cursorOf(row: WalkedRow): string {
    return this.#options.cursors.encode(positionAfter(row));
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

  #checkFirst(first: number): void {
    const { maxPageWalk } = this.#options;
    if (first >= 0 && first <= maxPageWalk) return;
    throw new GatewayError('BAD_USER_INPUT', `"first" must be 0 to ${maxPageWalk}, but is ${first}.`);
  }

  #remember(collection: Collection): Collection {
    this.#forget(collection.id);
    this.#seen.push([collection]);
    return collection;
  }

  // A write makes what was read before it old.
  #forget(id: CollectionId): void {
    this.#seen.length = 0;
    this.#loader?.clear(id);
  }

  #read(id: CollectionId): Promise<Collection | null | GatewayError> {
    return this.#options.api.get(id, this.#scope).then((result) => {
      if (result.ok) return result.value;
      const { failure } = result;
      return failure.kind === 'status' && failure.status === 404 ? null : explainFailure(failure, id);
    });
  }

  #readPage(token: string | null, pageSize: number): Promise<Result<CollectionPage, Failure>> {
    const known = this.#pages.find((read) => read.token === token && read.pageSize === pageSize);
    if (known) return known.page;
    const page = this.#options.api.list(token, pageSize, this.#scope);
    this.#pages = [...this.#pages, { token, pageSize, page }];
    return page;
  }

  // The rows of a page follow one another.
  #see(rows: readonly WalkedRow[]): void {
    let last: WalkedRow['page'] | null = null;
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
