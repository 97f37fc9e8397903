import type { CallScope } from '../../http/call.ts';
import { assertNever } from '../../shared/assert-never.ts';
import type { AssetId, CollectionId, ModelId } from '../../shared/brands.ts';
import type { Asset } from '../assets/asset.ts';
import { getAssets, MAX_BULK_ASSETS, retrieveAsset } from '../assets/asset-calls.ts';
import { type MembershipEdit, membershipEndpoint } from '../collections/collection-calls.ts';
import type { CollectionsApi } from '../collections/collections-api.ts';
import type { Model } from '../models/model.ts';
import { getModels, MAX_BULK_MODELS, retrieveModel } from '../models/model-calls.ts';
import type { ResourceReads } from '../resource-reads.ts';
import { BulkEdit, type MembershipResult } from './bulk-edit.ts';
import type { MembershipCalls } from './membership-calls.ts';
import { type Member, type MemberReads, readMembers } from './read-members.ts';

/** What membership is edited and read with. */
export interface MembershipApis {
  readonly collections: CollectionsApi;
  readonly assets: ResourceReads<Asset>;
  readonly models: ResourceReads<Model>;
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
  { collections, assets, models }: MembershipApis,
  edit: MembershipEdit,
  collectionId: CollectionId,
  members: Members,
  scope: CallScope,
): Promise<MembershipResult> {
  const callsOf = <Item extends Member>(reads: MemberReads<Item>): MembershipCalls<Item['id']> => ({
    scope,
    endpoint: membershipEndpoint(edit, members.kind),
    subject: { typename: 'Collection', id: collectionId },
    memberType: reads.typename,
    wanted: edit === 'add' ? 'in' : 'out',
    send: (ids) => collections.editMembers(edit, members.kind, collectionId, ids, scope),
    readCollection: () => collections.getFresh(collectionId, scope),
    readMembers: (ids) => readMembers(reads, collectionId, ids, scope),
  });
  switch (members.kind) {
    case 'assets': {
      const calls = callsOf<Asset>({
        typename: 'Asset',
        maxIds: MAX_BULK_ASSETS,
        getBulk: (ids) => assets.freshBulk(ids, getAssets, scope),
        getOne: (id) => assets.freshOne(retrieveAsset(id), scope),
      });
      return new BulkEdit(members.ids, calls).run();
    }
    case 'models': {
      const calls = callsOf<Model>({
        typename: 'Model',
        maxIds: MAX_BULK_MODELS,
        getBulk: (ids) => models.freshBulk(ids, getModels, scope),
        getOne: (id) => models.freshOne(retrieveModel(id), scope),
      });
      return new BulkEdit(members.ids, calls).run();
    }
    default:
      return assertNever(members);
  }
}
