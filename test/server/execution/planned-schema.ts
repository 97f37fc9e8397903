import {
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';
import { makesCalls, ONE_CALL } from '../../../src/schema/planned-calls.ts';

const FIRST = { type: new GraphQLNonNull(GraphQLInt), default: { value: 2 } };

const pages = makesCalls(({ first }) => ({ calls: Math.ceil(Number(first) / 100), rows: Number(first) }));

const Named = new GraphQLInterfaceType({ name: 'Named', fields: { name: { type: GraphQLString } } });

const Leaf: GraphQLObjectType = new GraphQLObjectType({
  name: 'Leaf',
  interfaces: [Named],
  fields: () => ({
    name: { type: GraphQLString },
    // Waits, without arguments.
    owner: { type: Leaf, extensions: ONE_CALL },
    isKnown: {
      type: GraphQLString,
      extensions: makesCalls(() => ({ batches: [{ endpoint: 'known', maxIds: 3, ids: ['a'] }] })),
    },
    isMember: {
      type: GraphQLString,
      args: { ids: { type: new GraphQLList(GraphQLString) } },
      extensions: makesCalls(({ ids }) => ({
        batches: [{ endpoint: 'bulk', maxIds: 3, ids: Array.isArray(ids) ? ids.map(String) : 1 }],
      })),
    },
  }),
});

const Box: GraphQLObjectType = new GraphQLObjectType({
  name: 'Box',
  interfaces: [Named],
  fields: () => ({
    name: { type: GraphQLString },
    // Waits, with arguments, under a list.
    leaves: { type: new GraphQLList(Leaf), args: { first: FIRST }, extensions: pages },
    tags: {
      type: new GraphQLList(Leaf),
      extensions: { upstream: { waits: false, cost: () => ({ rows: 5 }) } },
    },
    // Both lead to what may be read of another box.
    same: { type: Box },
    other: { type: Box },
    needed: { type: new GraphQLNonNull(Leaf), extensions: ONE_CALL },
  }),
});

const change = {
  type: Leaf,
  resolve: () => null,
  extensions: makesCalls(() => ({ calls: 1, batches: [{ endpoint: 'settling', maxIds: 3, ids: ['id'] }] })),
};

/** Whose fields cost what a plan can tell apart. */
export const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      boxes: { type: new GraphQLList(Box), args: { first: FIRST }, extensions: pages },
      box: { type: Box, args: { id: { type: GraphQLString } }, extensions: ONE_CALL },
      named: {
        type: new GraphQLList(Named),
        extensions: makesCalls(() => ({ calls: 1, rows: { Box: 2, Leaf: 3 } })),
      },
      any: { type: Named, extensions: ONE_CALL },
      row: { type: Box, args: { id: { type: GraphQLString }, first: FIRST }, extensions: ONE_CALL },
      free: { type: GraphQLString },
    },
  }),
  mutation: new GraphQLObjectType({ name: 'Mutation', fields: { change } }),
  types: [Box, Leaf],
});
// Only root fields with a resolver are compiled.
for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) field.resolve = () => null;
