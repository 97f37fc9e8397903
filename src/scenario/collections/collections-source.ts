import type { CallScope } from '../../http/call.ts';
import { type CollectionId, isScenarioId } from '../../shared/brands.ts';
import { GatewayError } from '../../shared/gateway-error.ts';
import { ROOT_LIST } from '../cursor.ts';
import { explainFailure } from '../explain-failure.ts';
import { ItemLoader, toLoaded } from '../item-loader.ts';
import { type ListOptions, ListSource, type NamedList } from '../list-source.ts';
import type { MembershipResult } from '../membership/bulk-edit.ts';
import { editMembers, type Members, type MembershipApis } from '../membership/edit-members.ts';
import type { SliceArguments } from '../slice.ts';
import type { Subject } from '../subject.ts';
import { explainOutcome, type WriteOutcome } from '../write-outcome.ts';
import type { Collection, CollectionChange } from './collection.ts';
import type { MembershipEdit } from './collection-calls.ts';
import { NO_FILTER } from './collection-filter.ts';
import { CollectionFinder, type CollectionIndex, type CountedSlice } from './collection-finder.ts';
import type { FindQuery } from './find-entries.ts';
import type { IdempotentCreate } from './idempotent-create.ts';

/** What the source needs for longer than one request. */
export interface CollectionsSourceOptions extends MembershipApis {
  readonly idempotentCreate: IdempotentCreate;
  readonly index: CollectionIndex;
  readonly lists: ListOptions;
}

/** The collections as one request sees them: each is read once, however often it is asked for. */
export class CollectionsSource {
  readonly #options: CollectionsSourceOptions;
  readonly #scope: CallScope;
  readonly #caller: string;
  readonly #onWrite: () => void;
  readonly #items: ItemLoader<Collection>;
  readonly #lists: ListSource<Collection>;
  readonly #finder: CollectionFinder;

  /**
   * @param caller whose idempotency keys come with the request
   * @param onWrite called when a write has changed what others may have read
   */
  constructor(
    options: CollectionsSourceOptions,
    scope: CallScope,
    caller: string,
    onWrite: () => void = () => {},
  ) {
    this.#options = options;
    this.#scope = scope;
    this.#caller = caller;
    this.#onWrite = onWrite;
    this.#items = new ItemLoader((id) => this.#read(id));
    this.#lists = new ListSource(options.lists, this.#items);
    this.#finder = new CollectionFinder(options.index, options.lists.maxPageWalk, scope);
  }

  /**
   * @returns `null` when there is no such collection
   * @throws GatewayError when it cannot be read
   */
  load(id: CollectionId): Promise<Collection | null> {
    return this.#items.load(id);
  }

  /** @throws GatewayError for a bad argument, or when not even the first page could be read */
  list(wanted: SliceArguments): Promise<CountedSlice> {
    const list: NamedList<Collection> = {
      cursorScope: ROOT_LIST,
      subject: null,
      parts: 1,
      fetchPage: (_part, token, pageSize) => this.#options.collections.list(token, pageSize, this.#scope),
    };
    return this.#lists
      .read(list, wanted)
      .then((slice) => ({ ...slice, totalCount: () => this.#finder.count(NO_FILTER) }));
  }

  /** Collections that are filtered and sorted. @throws GatewayError for a bad argument, or when there is no index of them */
  find(query: FindQuery, wanted: SliceArguments): Promise<CountedSlice> {
    return this.#finder.find(query, wanted);
  }

  /**
   * Those of these ids that there are, in order: out of the index of all collections, and by a read of each that it does not
   * have yet.
   * @throws GatewayError when there is no index, or where one of them cannot be read
   */
  async pick(ids: readonly string[]): Promise<readonly Collection[]> {
    const listed = await this.#finder.pick(ids);
    const picked = ids.map(async (id, index) => {
      const collection = listed[index];
      return collection === undefined ? this.#readUnlisted(id) : collection;
    });
    return (await Promise.all(picked)).filter((collection) => collection !== null);
  }

  /** @param idempotencyKey with it, the same create is made once and gives its first outcome again */
  async create(name: string, idempotencyKey: string | null): Promise<Collection> {
    const { collections, idempotentCreate } = this.#options;
    if (idempotencyKey === null)
      return this.#remember(certain(await collections.create(name, this.#scope), null));
    return this.#remember(await idempotentCreate.run(this.#caller, idempotencyKey, name, this.#scope));
  }

  async update(id: CollectionId, change: CollectionChange): Promise<Collection> {
    this.#forget();
    const outcome = await this.#options.collections.update(id, change, this.#scope);
    return this.#remember(certain(outcome, subjectOf(id)));
  }

  async delete(id: CollectionId): Promise<void> {
    this.#forget();
    certain(await this.#options.collections.delete(id, this.#scope), subjectOf(id));
    this.#forget();
  }

  /**
   * @param members at least one, each once
   * @throws NotFoundError, PartiallyAppliedError
   */
  async editMembers(edit: MembershipEdit, id: CollectionId, members: Members): Promise<MembershipResult> {
    this.#forget();
    const result = await editMembers(this.#options, edit, id, members, this.#scope);
    this.#remember(result.collection);
    return result;
  }

  #remember(collection: Collection): Collection {
    this.#forget();
    this.#items.see(collection);
    return collection;
  }

  #forget(): void {
    this.#items.forget();
    this.#lists.forget();
    this.#finder.forget();
    this.#onWrite();
  }

  async #readUnlisted(id: string): Promise<Collection | null> {
    if (!isScenarioId<'Collection'>(id)) return null;
    const read = await this.#options.collections.getUnlisted(id, this.#scope);
    if (read.ok) return read.value;
    throw explainFailure(read.failure, subjectOf(id));
  }

  #read(id: CollectionId): Promise<Collection | null> {
    return this.#options.collections.get(id, this.#scope).then((result) => {
      const loaded = toLoaded(result, subjectOf(id));
      if (loaded instanceof GatewayError) throw loaded;
      return loaded;
    });
  }
}

function subjectOf(id: CollectionId): Subject {
  return { typename: 'Collection', id };
}

function certain<Value>(outcome: WriteOutcome<Value>, subject: Subject | null): Value {
  if (outcome.kind === 'applied') return outcome.value;
  throw explainOutcome(outcome, subject);
}
