import type { CallScope } from '../../http/call.ts';
import { MemberSource } from '../membership/member-source.ts';
import type { Slice, SliceArguments } from '../slice.ts';
import type { Asset } from './asset.ts';
import { type AssetList, type AssetSearch, getAssets, listAssets, MAX_BULK_ASSETS } from './asset-calls.ts';
import { AssetFinder, type AssetReads } from './asset-finder.ts';

/** The assets as one request sees them. */
export class AssetsSource extends MemberSource<Asset, AssetList> {
  readonly #finder: AssetFinder;

  constructor(options: AssetReads, scope: CallScope) {
    const { assets, lists } = options;
    super(
      lists,
      {
        typename: 'Asset',
        maxIds: MAX_BULK_ASSETS,
        getBulk: (ids) => assets.bulk(ids, getAssets, scope),
        getOne: null,
      },
      (list) => ({
        cursorScope: `assets ${list.collectionId ?? '*'} ${list.order.sortBy} ${list.order.sortDirection}`,
        subject: list.collectionId && { typename: 'Collection', id: list.collectionId },
        parts: 1,
        fetchPage: (_part, token, pageSize) => assets.page(listAssets(list, token, pageSize), scope),
      }),
    );
    this.#finder = new AssetFinder(options, scope);
  }

  /** As `list`, for those of one's own that the filter holds for. */
  find(search: AssetSearch, wanted: SliceArguments): Promise<Slice<Asset>> {
    return this.#finder.find(search, wanted);
  }

  override forget(): void {
    super.forget();
    this.#finder.forget();
  }
}
