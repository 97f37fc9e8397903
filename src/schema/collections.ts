import { NEWEST_FIRST } from '../scenario/collections/collection-order.ts';
import { parseCollectionFilter } from '../scenario/collections/parse-collection-filter.ts';
import { builder } from './builder.ts';
import { CollectionType } from './collection.ts';
import { CollectionFilterInput, CollectionOrderInput } from './collection-filter.ts';
import { AFTER_OF_CHOICE, defineConnection, sliceArguments, toConnection } from './connection.ts';
import { CALLS_OF_SEARCHABLE, indexRead } from './planned-calls.ts';

const CollectionConnection = defineConnection(CollectionType, {
  type: 'Collection',
  item: 'collection',
  items: 'collections',
  list: 'the list of collections',
  totalCount: {
    description:
      'How many collections the filter holds for, or how many there are. It comes from the index of all collections; null, with an error, where that is not available.',
    extensions: indexRead(),
  },
});

builder.queryField('collections', (t) =>
  t.field({
    type: CollectionConnection,
    description:
      "The list of all collections, in the order of the Scenario API. With `filter` or `orderBy` it comes from an index of all collections, which may be some moments old (COLLECTION_INDEX_TTL_MS) but shows the gateway's own changes at once.",
    extensions: CALLS_OF_SEARCHABLE,
    args: {
      ...sliceArguments('collections', 10, AFTER_OF_CHOICE),
      filter: t.arg({
        type: CollectionFilterInput,
        description: 'Which collections to return; without a filter, all.',
      }),
      orderBy: t.arg({
        type: CollectionOrderInput,
        description: 'How to sort them. With a filter alone the newest come first.',
      }),
    },
    resolve: (_query, { first, after = null, filter, orderBy }, context, info) => {
      const { collections } = context;
      const slice =
        filter || orderBy
          ? collections.find(
              { filter: parseCollectionFilter(filter ?? {}, ['filter']), order: orderBy ?? NEWEST_FIRST },
              { first, after },
            )
          : collections.list({ first, after });
      return slice.then((each) => toConnection(each, context, info, each.totalCount));
    },
  }),
);
