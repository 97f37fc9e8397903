import type { AssetOrder } from '../scenario/assets/asset.ts';
import { CALLS_PER_SEARCH_PAGE } from '../scenario/assets/asset-finder.ts';
import { isRecord } from '../shared/is-record.ts';
import { idsArgument, scenarioIdOf } from './arguments.ts';
import { AssetType, assetBatch } from './asset.ts';
import { AssetFilterInput, assetFilterArgument, isEmptyFilter } from './asset-filter.ts';
import { builder } from './builder.ts';
import { CollectionType } from './collection.ts';
import { AFTER_OF_CHOICE, defineConnection, sliceArguments, sliceOf, toConnection } from './connection.ts';
import { OrderDirection } from './order-direction.ts';
import { callsOfConnection, makesCalls, withReadAhead } from './planned-calls.ts';

const AssetConnection = defineConnection(AssetType, {
  type: 'Asset',
  item: 'asset',
  items: 'assets',
  list: 'a list of assets',
  totalCount: {
    description: 'How many assets the list has in all; null where the Scenario API does not tell.',
  },
});

const AssetOrderField = builder.enumType('AssetOrderField', {
  description: 'What a list of assets can be ordered by.',
  values: {
    CREATED_AT: { description: 'By the time of creation.' },
    UPDATED_AT: { description: 'By the time of the last change.' },
  },
});

const AssetOrderInput = builder.inputType('AssetOrder', {
  description: 'How a list of assets is ordered.',
  fields: (t) => ({
    field: t.field({ type: AssetOrderField, required: true, description: 'What to order by.' }),
    direction: t.field({ type: OrderDirection, required: true, description: 'The direction.' }),
  }),
});

const DEFAULT_ORDER = { field: 'CREATED_AT', direction: 'DESC' } as const;

/** The order that an argument means: the newest first without. */
function orderOf(order: typeof AssetOrderInput.$inferInput | null | undefined): AssetOrder {
  const { field, direction } = order ?? DEFAULT_ORDER;
  return {
    sortBy: field === 'CREATED_AT' ? 'createdAt' : 'updatedAt',
    sortDirection: direction === 'ASC' ? 'asc' : 'desc',
  };
}

function isAssetOrder(order: unknown): order is typeof AssetOrderInput.$inferInput {
  return isRecord(order) && 'field' in order && 'direction' in order;
}

builder.objectField(CollectionType, 'assets', (t) =>
  t.field({
    type: AssetConnection,
    nullable: true,
    description: 'The assets in it. One upstream call for each 100.',
    extensions: withReadAhead(callsOfConnection(), (parent, args, { assets }) => {
      if (parent.typename !== 'Collection') return;
      const order = orderOf(isAssetOrder(args['orderBy']) ? args['orderBy'] : null);
      assets.readAhead({ collectionId: parent.id, order }, sliceOf(args));
    }),
    args: {
      ...sliceArguments('assets', 20),
      orderBy: t.arg({
        type: AssetOrderInput,
        defaultValue: DEFAULT_ORDER,
        description: 'How to order the assets; by default the newest come first.',
      }),
    },
    resolve: ({ id, assetCount }, { first, after, orderBy }, context, info) =>
      context.assets
        .list({ collectionId: id, order: orderOf(orderBy) }, { first, after: after ?? null })
        .then((slice) => toConnection(slice, context, info, assetCount)),
  }),
);

builder.objectField(CollectionType, 'containsAssets', (t) =>
  t.field({
    type: ['Boolean'],
    nullable: true,
    description:
      'Whether each of these assets is in it, in order. One upstream call for each 200 different ids, for all collections of the operation together.',
    extensions: makesCalls(({ assetIds }, { maxBulkIds }) =>
      Array.isArray(assetIds) && assetIds.length <= maxBulkIds
        ? { batches: [assetBatch(assetIds.map((id) => scenarioIdOf('Asset', String(id))))] }
        : {},
    ),
    args: {
      assetIds: t.arg.idList({ required: true, description: 'Global ids or Scenario ids of the assets.' }),
    },
    resolve: ({ id }, { assetIds }, { assets, maxBulkIds }) =>
      assets.areIn(id, idsArgument('Asset', assetIds, maxBulkIds, ['assetIds'])),
  }),
);

builder.queryField('assets', (t) =>
  t.field({
    type: AssetConnection,
    description:
      "The account's own assets, to pick from. One upstream call for each 100. With `filter` they come from the Scenario API's search: two calls for each 100. Its index learns of changes some moments late, so what was just added, changed or moved can be missing or come all the same; and it counts from the start, so what comes or goes meanwhile can repeat or hide others on the next page. Searches have a quota of their own (QUOTA_EXCEEDED).",
    extensions: callsOfConnection(({ filter }) => (isEmptyFilter(filter) ? 1 : CALLS_PER_SEARCH_PAGE)),
    args: {
      ...sliceArguments('assets', 20, AFTER_OF_CHOICE),
      filter: t.arg({
        type: AssetFilterInput,
        description: 'Which assets to return; without a filter, or with an empty one, all.',
      }),
      orderBy: t.arg({
        type: AssetOrderInput,
        description: 'How to order the assets; by default the newest come first.',
      }),
    },
    resolve: (_query, { first, after = null, filter, orderBy }, context, info) => {
      const { assets } = context;
      const order = orderOf(orderBy);
      const slice =
        filter && !isEmptyFilter(filter)
          ? assets.find({ filter: assetFilterArgument(filter, ['filter']), order }, { first, after })
          : assets.list({ collectionId: null, order }, { first, after });
      return slice.then((each) => toConnection(each, context, info));
    },
  }),
);
