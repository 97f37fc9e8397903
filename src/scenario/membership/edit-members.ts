import type { CallScope } from '../../http/call.ts';
import { assertNever } from '../../shared/assert-never.ts';
import type { AssetId, CollectionId, ModelId } from '../../shared/brands.ts';
import { MAX_BULK_ASSETS } from '../assets/asset-calls.ts';
import type { AssetsApi } from '../assets/assets-api.ts';
import type { MembershipEdit } from '../collections/collection-calls.ts';
import type { CollectionsApi } from '../collections/collections-api.ts';
import { MAX_BULK_MODELS } from '../models/model-calls.ts';
import type { ModelsApi } from '../models/models-api.ts';
import { BulkEdit, type MembershipResult } from './bulk-edit.ts';
import type { MembershipCalls } from './membership-calls.ts';
import { type Member, type MemberReads, readMembers } from './read-members.ts';

/** What membership is edited and read with. */
export interface MembershipApis {
  readonly collections: CollectionsApi;
  readonly assets: AssetsApi;
  readonly models: ModelsApi;
}

/** What is to be added or removed: at least one id, each once. */
export type Members =
  | { readonly kind: 'assets'; readonly ids: readonly AssetId[] }
  | { readonly kind: 'models'; readonly ids: readonly ModelId[] };

/**
 * Adds or removes members, as many as are given.
 * @throws NotFoundError, PartiallyAppliedError
 */
export function editMembers(
  apis: MembershipApis,
  edit: MembershipEdit,
  collectionId: CollectionId,
  members: Members,
  scope: CallScope,
): Promise<MembershipResult> {
  const { collections, assets, models } = apis;
  const callsOf = <Item extends Member>(
    memberType: 'Asset' | 'Model',
    reads: MemberReads<Item>,
  ): MembershipCalls<Item['id']> => ({
    scope,
    subject: { typename: 'Collection', id: collectionId },
    memberType,
    wanted: edit === 'add' ? 'in' : 'out',
    send: (ids) => collections.editMembers(edit, members.kind, collectionId, ids, scope),
    readCollection: () => collections.getFresh(collectionId, scope),
    readMembers: (ids) => readMembers(reads, collectionId, ids, scope),
  });
  switch (members.kind) {
    case 'assets': {
      const getBulk: typeof assets.getBulkFresh = (ids, shared) => assets.getBulkFresh(ids, shared);
      const calls = callsOf('Asset', { maxIds: MAX_BULK_ASSETS, getBulk, getOne: null });
      return new BulkEdit(members.ids, calls).run();
    }
    case 'models': {
      const getBulk: typeof models.getBulkFresh = (ids, shared) => models.getBulkFresh(ids, shared);
      const getOne: typeof models.getFresh = (id, shared) => models.getFresh(id, shared);
      return new BulkEdit(members.ids, callsOf('Model', { maxIds: MAX_BULK_MODELS, getBulk, getOne })).run();
    }
    default:
      return assertNever(members);
  }
}
