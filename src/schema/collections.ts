import { builder } from './builder.ts';
import { CollectionType } from './collection.ts';
import { defineConnection, toConnection } from './connection.ts';
import { callsOfConnection } from './planned-calls.ts';

const CollectionConnection = defineConnection(CollectionType, {
  type: 'Collection',
  item: 'collection',
  items: 'collections',
  list: 'the list of collections',
});

builder.queryField('collections', (t) =>
  t.field({
    type: CollectionConnection,
    description: 'The list of all collections, in the order of the Scenario API.',
    extensions: callsOfConnection(),
    args: {
      first: t.arg.int({
        required: true,
        defaultValue: 10,
        description: 'How many collections to give at most.',
      }),
      after: t.arg.string({ description: 'The cursor to resume behind; from the start without.' }),
    },
    resolve: (_query, { first, after }, context, info) =>
      context.collections
        .list({ first, after: after ?? null })
        .then((slice) => toConnection(slice, context, info)),
  }),
);
