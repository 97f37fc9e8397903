import type { Member } from '../scenario/membership/read-members.ts';
import { AssetType } from './asset.ts';
import { builder, type TypeOf } from './builder.ts';
import { CollectionType } from './collection.ts';
import { encodeGlobalId } from './global-id.ts';
import { ModelType } from './model.ts';
import { indexRead } from './planned-calls.ts';

// An item is in a few collections; nobody knows in how many before it is read.
const EXPECTED_COLLECTIONS = 5;

registerCollections(AssetType);
registerCollections(ModelType);

function registerCollections(type: TypeOf<Member>): void {
  builder.objectFields(type, (t) => ({
    collectionIds: t.idList({
      description: 'Global ids of the collections that it is in.',
      resolve: ({ collectionIds }) => collectionIds.map((id) => encodeGlobalId('Collection', id)),
    }),
    collections: t.field({
      type: [CollectionType],
      nullable: true,
      description:
        'The collections that it is in. They come from the index of all collections, without a call for each; null, with an error, where the index is not available.',
      extensions: indexRead(EXPECTED_COLLECTIONS),
      resolve: ({ collectionIds }, _args, { collections }) => collections.pick(collectionIds),
    }),
  }));
}
