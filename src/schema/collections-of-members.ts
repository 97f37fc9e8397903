import { type GraphQLResolveInfo, responsePathAsArray } from 'graphql';
import type { Member } from '../scenario/membership/read-members.ts';
import { GatewayError } from '../shared/gateway-error.ts';
import { AssetType } from './asset.ts';
import { builder, type TypeOf } from './builder.ts';
import { CollectionType } from './collection.ts';
import type { GraphQLContext } from './context.ts';
import { encodeGlobalId } from './global-id.ts';
import { ModelType } from './model.ts';
import { indexRead } from './planned-calls.ts';

// Nobody knows in how many collections an item is before it is read, but what is selected below each of them has to be planned.
const MAX_NAMED_COLLECTIONS = 20;

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
      description: `The collections that it is in, at most ${MAX_NAMED_COLLECTIONS}: where there are more, an error says so, and \`collectionIds\` has all. They come from the index of all collections, without a call for each; one that was just made elsewhere costs one call, once, and one that was deleted is left out. Null, with an error, where the index or one of them cannot be read.`,
      extensions: indexRead(MAX_NAMED_COLLECTIONS),
      resolve: ({ collectionIds }, _args, context, info) => nameCollections(collectionIds, context, info),
    }),
  }));
}

function nameCollections(ids: readonly string[], context: GraphQLContext, { path }: GraphQLResolveInfo) {
  if (ids.length > MAX_NAMED_COLLECTIONS) {
    const message = `It is in ${ids.length} collections, of which ${MAX_NAMED_COLLECTIONS} are given here: "collectionIds" has all.`;
    context.reportPartial(
      new GatewayError('LIMIT_EXCEEDED', message, { retryable: false }),
      responsePathAsArray(path),
    );
  }
  return context.collections.pick(ids.slice(0, MAX_NAMED_COLLECTIONS));
}
