import DataLoader from 'dataloader';
import type { CollectionId } from '../../shared/brands.ts';
import type { GatewayError } from '../../shared/gateway-error.ts';
import { fail } from '../../shared/result.ts';
import { explainFailure } from '../explain-failure.ts';
import { ItemLoader, toLoaded } from '../item-loader.ts';
import { type ListOptions, ListSource, type NamedList } from '../list-source.ts';
import type { Slice, SliceArguments } from '../slice.ts';
import type { Member, MemberReads } from './read-members.ts';

/** What collections hold of one kind, as one request sees it: each is read once, many in one call. */
export class MemberSource<Item extends Member, List> {
  readonly #items: ItemLoader<Item>;
  readonly #lists: ListSource<Item>;
  readonly #nameList: (list: List) => NamedList<Item>;
  readonly #reads: MemberReads<Item>;
  // Most requests read lists and no single object.
  #batches: DataLoader<Item['id'], Item | null> | null = null;

  constructor(options: ListOptions, reads: MemberReads<Item>, nameList: (list: List) => NamedList<Item>) {
    this.#reads = reads;
    this.#items = new ItemLoader((id) => this.#loadInBatch(id));
    this.#lists = new ListSource(options, this.#items);
    this.#nameList = nameList;
  }

  /**
   * @returns `null` when there is none with this id
   * @throws GatewayError when it cannot be read
   */
  load(id: Item['id']): Promise<Item | null> {
    return this.#items.load(id);
  }

  /**
   * @returns for each id, in order, whether the collection holds it
   * @throws GatewayError when that cannot be read for one of them
   */
  async areIn(collectionId: CollectionId, ids: ReadonlyArray<Item['id']>): Promise<boolean[]> {
    const items = await Promise.all(ids.map((id) => this.load(id)));
    return items.map((item) => item?.collectionIds.includes(collectionId) ?? false);
  }

  /** @throws GatewayError for a bad argument, or when not even the first page could be read */
  list(list: List, wanted: SliceArguments): Promise<Slice<Item>> {
    return this.#lists.read(this.#nameList(list), wanted);
  }

  /** Starts what `list` reads, for whoever asks for it later. */
  readAhead(list: List, wanted: SliceArguments): void {
    this.#lists.readAhead(this.#nameList(list), wanted);
  }

  /** Called when a write has changed what would be read. */
  forget(): void {
    this.#lists.forget();
    this.#items.forget();
  }

  #loadInBatch(id: Item['id']): Promise<Item | null> {
    this.#batches ??= new DataLoader<Item['id'], Item | null>((ids) => loadBulk(ids, this.#reads), {
      maxBatchSize: this.#reads.maxIds,
      cache: false,
    });
    return this.#batches.load(id);
  }
}

async function loadBulk<Item extends Member>(
  ids: ReadonlyArray<Item['id']>,
  { typename, getBulk, getOne }: MemberReads<Item>,
): Promise<Array<Item | null | GatewayError>> {
  const bulk = await getBulk(ids);
  return Promise.all(
    ids.map(async (id) => {
      const subject = { typename, id };
      if (!bulk.ok) return explainFailure(bulk.failure, subject);
      const { rows, malformedIds } = bulk.value;
      const row = rows.find((item) => item.id === id);
      if (row) return row;
      if (!malformedIds.includes(id)) return null;
      const one = getOne ? await getOne(id) : fail({ kind: 'malformed' as const, issue: 'in a bulk read' });
      return toLoaded(one, subject);
    }),
  );
}
