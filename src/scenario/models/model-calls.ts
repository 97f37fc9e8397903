import type { Call } from '../../http/call.ts';
import type { CollectionId, ModelId } from '../../shared/brands.ts';
import { expectOnly } from '../find-mismatch.ts';
import type { UpstreamPath } from '../upstream-path.ts';

/** Most models that one bulk read takes: no limit is documented, and this many are known to work. */
export const MAX_BULK_MODELS = 50;

/** The upstream lists the two apart. */
export type ModelPrivacy = 'private' | 'public';

const READ = { method: 'GET', effect: 'read', repeatable: true, answer: 'json' } as const;
// The default order of public models is by score, which changes.
const NEWEST_FIRST = { sortBy: 'createdAt', sortDirection: 'desc' };

/** Writes every call about models, to the reference's letter. */
export class ModelCalls {
  readonly #to: UpstreamPath;

  constructor(to: UpstreamPath) {
    this.#to = to;
  }

  list(collectionId: CollectionId, privacy: ModelPrivacy, token: string | null, pageSize: number): Call {
    const ofCollection = privacy === 'private' ? { collectionId } : { collectionIds: collectionId };
    const query = { ...ofCollection, privacy, ...NEWEST_FIRST, pageSize, paginationToken: token };
    return { ...READ, endpoint: 'models.list', path: this.#to('/models', query) };
  }

  retrieve(id: ModelId): Call {
    return { ...READ, endpoint: 'models.retrieve', path: this.#to(`/models/${id}`) };
  }

  /** @param ids at most `MAX_BULK_MODELS` */
  getBulk(ids: readonly ModelId[]): Call {
    // Without being asked for it, thumbnails may be left out.
    const body = JSON.stringify({ modelIds: ids, thumbnail: true });
    return {
      ...READ,
      endpoint: 'models.bulk',
      method: 'POST',
      path: this.#to('/models/get-bulk'),
      body,
      findMismatch: expectOnly('models', ids),
    };
  }
}
