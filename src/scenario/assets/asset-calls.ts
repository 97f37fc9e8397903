import type { Call } from '../../http/call.ts';
import type { AssetId, CollectionId } from '../../shared/brands.ts';
import { expectList, expectObject, expectOnly } from '../find-mismatch.ts';
import { upstreamPath } from '../upstream-path.ts';
import type { AssetOrder } from './asset.ts';
import { type AssetFilter, writeConditions } from './asset-filter.ts';

/** Most assets that one bulk read takes. */
export const MAX_BULK_ASSETS = 200;

/** Which assets are listed, and in which order. */
export interface AssetList {
  /** `null` for all of one's own. */
  readonly collectionId: CollectionId | null;
  readonly order: AssetOrder;
}

/** Which of one's own assets are searched for, and in which order. */
export interface AssetSearch {
  readonly filter: AssetFilter;
  readonly order: AssetOrder;
}

const READ = { effect: 'read', repeatable: true, answer: 'json' } as const;

export function listAssets({ collectionId, order }: AssetList, token: string | null, pageSize: number): Call {
  // The default order is not documented, so that one is always asked for.
  const query = { collectionId, ...order, pageSize, paginationToken: token };
  return { ...READ, endpoint: 'assets.list', method: 'GET', path: upstreamPath('/assets', query) };
}

/** @param limit 1 to 100 */
export function searchAssets({ filter, order }: AssetSearch, offset: number, limit: number): Call {
  const conditions = writeConditions(filter);
  return {
    ...READ,
    endpoint: 'assets.search',
    method: 'POST',
    path: '/search/assets',
    body: JSON.stringify({
      ...(conditions !== '' && { filter: conditions }),
      limit,
      offset,
      ...(filter.text !== '' && { query: filter.text }),
      sortBy: [`${order.sortBy}:${order.sortDirection}`],
    }),
    findMismatch: expectList('hits'),
  };
}

export function retrieveAsset(id: AssetId): Call {
  const findMismatch = expectObject('asset', id);
  return { ...READ, endpoint: 'assets.retrieve', method: 'GET', path: `/assets/${id}`, findMismatch };
}

/** @param ids at most `MAX_BULK_ASSETS` */
export function getAssets(ids: readonly AssetId[]): Call {
  return {
    ...READ,
    endpoint: 'assets.bulk',
    method: 'POST',
    path: '/assets/get-bulk',
    body: JSON.stringify({ assetIds: ids }),
    findMismatch: expectOnly('assets', ids),
  };
}
