import { setImmediate } from 'node:timers/promises';
import {
  GraphQLBoolean,
  GraphQLDirective,
  GraphQLEnumType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLNullableOutputType,
  GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  responsePathAsArray,
  specifiedDirectives,
} from 'graphql';
import { ONE_CALL } from '../../../src/schema/planned-calls.ts';

/** What the field `thing` at the root answers with. */
export const given: { value: unknown } = { value: {} };

const Colour = new GraphQLEnumType({
  name: 'Colour',
  values: { RED: { value: 1 }, BLUE: { value: 'blue' } },
});

/** Gives nothing for what is negative. */
const Odd = new GraphQLScalarType<number | null | undefined>({
  name: 'Odd',
  coerceOutputValue: (value) => (Number(value) < 0 ? null : Number(value)),
});

const LEAVES = {
  text: GraphQLString,
  id: GraphQLID,
  count: GraphQLInt,
  ratio: GraphQLFloat,
  isSo: GraphQLBoolean,
  colour: Colour,
  odd: Odd,
};

const Wanted = new GraphQLInputObjectType({
  name: 'Wanted',
  fields: { least: { type: GraphQLInt, default: { value: 2 } }, colours: { type: new GraphQLList(Colour) } },
});

const ECHO = {
  n: { type: new GraphQLNonNull(GraphQLInt), default: { value: 1 } },
  ids: { type: new GraphQLList(GraphQLID) },
  wanted: { type: Wanted },
};

const echo = (_source: unknown, args: object) => JSON.stringify(args);

/** What a resolver is told of its place. */
const told = (_source: unknown, args: object, context: object, info: GraphQLResolveInfo) => {
  const { fieldName, fieldNodes, returnType, parentType, path, variableValues, operation, fragments } = info;
  const nodes = [operation, ...fieldNodes, ...Object.values(fragments)].map(({ loc }) => loc?.start);
  const place = { fieldName, returnType, parentType, path: responsePathAsArray(path), nodes, variableValues };
  return JSON.stringify([args, context, place, info.schema === schema, String(info.rootValue)]);
};

const Named = new GraphQLInterfaceType({
  name: 'Named',
  fields: { text: { type: GraphQLString } },
  resolveType: (value) =>
    typeof value === 'object' && value && 'typeName' in value ? String(value.typeName) : undefined,
});

const withLists = (types: Record<string, GraphQLNullableOutputType>) =>
  Object.entries(types).flatMap(([name, type]) => [
    [name, { type }],
    [`${name}Needed`, { type: new GraphQLNonNull(type) }],
    [`${name}s`, { type: new GraphQLList(type) }],
    [`${name}sNeeded`, { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(type))) }],
  ]);

/** Of the values that its fields may have, anything can be given to each. */
export const Thing: GraphQLObjectType = new GraphQLObjectType({
  name: 'Thing',
  interfaces: [Named],
  fields: () => ({
    ...Object.fromEntries(
      withLists({ ...LEAVES, part: Thing, checked: Checked, named: Named, either: Either }),
    ),
    wrapped: { type: Thing, resolve: (source) => source.wrapped },
    // What a text has too.
    length: { type: GraphQLInt },
    matrix: { type: new GraphQLList(new GraphQLList(GraphQLInt)) },
    call: { type: GraphQLString, args: ECHO },
    echo: { type: GraphQLString, args: ECHO, resolve: echo },
    toldLate: {
      type: GraphQLString,
      args: ECHO,
      extensions: ONE_CALL,
      resolve: async (...args) => told(...args),
    },
    late: { type: Thing, extensions: ONE_CALL, resolve: async (source) => source.late ?? source },
    slow: { type: Thing, extensions: ONE_CALL, resolve: (source) => setImmediate(source) },
    // Says that it waits, and has its value at hand.
    ready: { type: Thing, extensions: ONE_CALL, resolve: (source) => source },
    lates: { type: new GraphQLList(Thing), extensions: ONE_CALL, resolve: async (source) => source.lates },
    lateNeeded: { type: new GraphQLNonNull(Thing), extensions: ONE_CALL, resolve: async (source) => source },
    // Makes wait without saying so.
    promised: { type: GraphQLString, resolve: async () => 'too late' },
  }),
});

const Marked = new GraphQLInterfaceType({ name: 'Marked', fields: { isChecked: { type: GraphQLBoolean } } });

/** Is told by `isTypeOf`. */
const Checked: GraphQLObjectType = new GraphQLObjectType({
  name: 'Checked',
  interfaces: [Named, Marked],
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'isChecked' in value,
  fields: { text: { type: GraphQLString }, isChecked: { type: GraphQLBoolean } },
});

/** By their `__typename`. */
const Either = new GraphQLUnionType({ name: 'Either', types: () => [Thing, Checked] });

let running = 0;

const roots = {
  thing: { type: Thing, resolve: () => given.value },
  thingNeeded: { type: new GraphQLNonNull(Thing), resolve: () => given.value },
  things: { type: new GraphQLList(Thing), args: ECHO, resolve: async () => [given.value, given.value] },
  named: { type: Named, resolve: () => given.value },
  echo: { type: GraphQLString, args: ECHO, resolve: echo },
  told: { type: GraphQLString, args: ECHO, resolve: told },
  failing: { type: GraphQLString, resolve: () => Promise.reject(new Error('failing')) },
  throwing: {
    type: GraphQLString,
    resolve: () => {
      throw new Error('throwing');
    },
  },
  // Tells how many of its kind run.
  counted: {
    type: GraphQLInt,
    resolve: async () => {
      running += 1;
      const most = running;
      await setImmediate();
      running -= 1;
      return most;
    },
  },
  unresolved: { type: GraphQLString },
};

const remark = new GraphQLDirective({
  name: 'remark',
  locations: ['FIELD', 'QUERY'],
  args: { if: { type: GraphQLBoolean } },
});

export const schema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: roots }),
  mutation: new GraphQLObjectType({ name: 'Mutation', fields: roots }),
  types: [Thing, Checked],
  directives: [...specifiedDirectives, remark],
});
