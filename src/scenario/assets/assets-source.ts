import type { CallScope } from '../../http/call.ts';
import type { AssetId, CollectionId } from '../../shared/brands.ts';
import { ItemLoader } from '../item-loader.ts';
import { type ListOptions, ListSource, type NamedList } from '../list-source.ts';
import { inOrder, malformedItem } from '../load-bulk.ts';
import type { Slice, SliceArguments } from '../slice.ts';
import type { Asset } from './asset.ts';
import { type AssetList, type AssetSearch, MAX_BULK_ASSETS } from './asset-calls.ts';
import { AssetFinder } from './asset-finder.ts';
import type { AssetsApi } from './assets-api.ts';

/** The assets as one request sees them: each is read once, many in one call. */
export class AssetsSource {
  readonly #api: AssetsApi;
  readonly #scope: CallScope;
  readonly #items: ItemLoader<Asset>;
  readonly #lists: ListSource<Asset>;
  readonly #finder: AssetFinder;

  constructor(api: AssetsApi, options: ListOptions, scope: CallScope) {
    this.#api = api;
    this.#scope = scope;
    this.#items = new ItemLoader((ids) => this.#readBulk(ids), { maxBatchSize: MAX_BULK_ASSETS });
    this.#lists = new ListSource(options, this.#items);
    this.#finder = new AssetFinder(api, options, scope);
  }

  /**
   * @returns `null` when there is no such asset
   * @throws GatewayError when it cannot be read
   */
  load(id: AssetId): Promise<Asset | null> {
    return this.#items.load(id);
  }

  /**
   * @returns for each id, in order, whether the asset is in the collection
   * @throws GatewayError when that cannot be read for one of them
   */
  async areIn(collectionId: CollectionId, ids: readonly AssetId[]): Promise<boolean[]> {
    const assets = await Promise.all(ids.map((id) => this.load(id)));
    return assets.map((asset) => asset?.collectionIds.includes(collectionId) ?? false);
  }

  /** @throws GatewayError for a bad argument, or when not even the first page could be read */
  list(list: AssetList, wanted: SliceArguments): Promise<Slice<Asset>> {
    return this.#lists.read(this.#named(list), wanted);
  }

  /** Starts what `list` reads, for whoever asks for it later. */
  readAhead(list: AssetList, wanted: SliceArguments): void {
    this.#lists.readAhead(this.#named(list), wanted);
  }

  /** As `list`, for those of one's own that the filter holds for. */
  find(search: AssetSearch, wanted: SliceArguments): Promise<Slice<Asset>> {
    return this.#finder.find(search, wanted);
  }

  /** Called when a write has changed what would be read. */
  forget(): void {
    this.#lists.forget();
    this.#items.forget();
    this.#finder.forget();
  }

  #named(list: AssetList): NamedList<Asset> {
    const { collectionId, order } = list;
    return {
      cursorScope: `assets ${collectionId ?? '*'} ${order.sortBy} ${order.sortDirection}`,
      subject: collectionId && { typename: 'Collection', id: collectionId },
      parts: 1,
      fetchPage: (_part, token, pageSize) => this.#api.list(list, token, pageSize, this.#scope),
    };
  }

  #readBulk(ids: readonly AssetId[]) {
    return this.#api
      .getBulk(ids, this.#scope)
      .then((bulk) =>
        inOrder<Asset>('Asset', ids, bulk, async (id) => malformedItem({ typename: 'Asset', id })),
      );
  }
}
