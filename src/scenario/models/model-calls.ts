import type { Call } from '../../http/call.ts';
import type { CollectionId, ModelId } from '../../shared/brands.ts';
import { expectOnly } from '../find-mismatch.ts';
import { upstreamPath } from '../upstream-path.ts';

/** Most models that one bulk read takes: no limit is documented, and this many are known to work. */
export const MAX_BULK_MODELS = 50;

/** The upstream lists of a collection's models, one after the other: it lists the two apart. */
export const MODEL_LISTS = ['private', 'public'] as const;

const READ = { method: 'GET', effect: 'read', repeatable: true, answer: 'json' } as const;
// The default order of public models is by score, which changes.
const NEWEST_FIRST = { sortBy: 'createdAt', sortDirection: 'desc' };

export function listModels(
  collectionId: CollectionId,
  privacy: (typeof MODEL_LISTS)[number],
  token: string | null,
  pageSize: number,
): Call {
  const ofCollection = privacy === 'private' ? { collectionId } : { collectionIds: collectionId };
  const query = { ...ofCollection, privacy, ...NEWEST_FIRST, pageSize, paginationToken: token };
  return { ...READ, endpoint: 'models.list', path: upstreamPath('/models', query) };
}

export function retrieveModel(id: ModelId): Call {
  return { ...READ, endpoint: 'models.retrieve', path: `/models/${id}` };
}

/** @param ids at most `MAX_BULK_MODELS` */
export function getModels(ids: readonly ModelId[]): Call {
  return {
    ...READ,
    endpoint: 'models.bulk',
    method: 'POST',
    path: '/models/get-bulk',
    // Without being asked for it, thumbnails may be left out.
    body: JSON.stringify({ modelIds: ids, thumbnail: true }),
    findMismatch: expectOnly('models', ids),
  };
}
