import {
  execute,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  parse,
  validate,
} from 'graphql';
import { expect, test } from 'vitest';
import type { GraphQLContext } from '../../../src/schema/context.ts';
import { ONE_CALL } from '../../../src/schema/planned-calls.ts';
import { CompiledDocument } from '../../../src/server/execution/compiled/compiled-document.ts';

const thing = { name: 'a thing' };
const fail = (message: string) => {
  throw new Error(message);
};

const UNREADABLE = Object.assign(new Error('of no use'), { name: Symbol('no text') });

const Thing: GraphQLObjectType = new GraphQLObjectType({
  name: 'Thing',
  fields: () => ({
    name: { type: new GraphQLNonNull(GraphQLString) },
    bad: { type: new GraphQLNonNull(GraphQLString), resolve: () => fail('bad') },
    part: { type: Thing, resolve: () => thing },
    parts: { type: new GraphQLList(Thing), resolve: () => [thing, thing] },
    late: {
      type: Thing,
      args: { times: { type: new GraphQLNonNull(GraphQLInt), default: { value: 1 } } },
      extensions: ONE_CALL,
      resolve: async (_thing, { times }) => (times > 0 ? thing : fail(`${times} times`)),
    },
    lateParts: { type: new GraphQLList(Thing), extensions: ONE_CALL, resolve: async () => [thing, thing] },
    failing: { type: Thing, extensions: ONE_CALL, resolve: () => Promise.reject(new Error('failing')) },
    throwing: { type: Thing, extensions: ONE_CALL, resolve: () => fail('throwing') },
    unreadable: { type: Thing, extensions: ONE_CALL, resolve: () => Promise.reject(UNREADABLE) },
    atHand: { type: GraphQLInt, extensions: ONE_CALL, resolve: () => 7 },
    never: { type: Thing, extensions: ONE_CALL, resolve: () => new Promise(() => {}) },
  }),
});

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      thing: { type: Thing, resolve: () => thing },
      things: { type: new GraphQLList(Thing), resolve: async () => [thing, thing] },
    },
  }),
});

const context: GraphQLContext = JSON.parse('{}');

test.each<[string, string, object?]>([
  ['is filled in at its place', '{ thing { late { name } name } }'],
  ['is waited for below another', '{ things { late { late { name atHand } } } }'],
  ['is waited for in lists', '{ things { lateParts { parts { late { name } } } name } }'],
  ['may be at hand', '{ thing { atHand late { atHand } } }'],
  ['fails alone, with its path', '{ things { failing { name } throwing { name } late { name } } }'],
  ['is null where what it gives fails', '{ thing { late { bad late { name } } name } }'],
  [
    'takes literals and variables',
    'query ($n: Int!) { thing { a: late(times: $n) { name } b: late(times: 2) { name } } }',
    { n: 0 },
  ],
  [
    'fails alone with wrong variables',
    'query ($n: Int = 1) { things { late(times: $n) { name } name } }',
    { n: null },
  ],
  ['merges what stands twice', '{ thing { late { name } late { late { name } } } }'],
  [
    'is found in fragments',
    '{ thing { ...F ...F } } fragment F on Thing { late { ...G } } fragment G on Thing { name }',
  ],
  ['is dropped where its object becomes null', '{ thing { part { never { name } bad } late { name } } }'],
  ['is dropped where an item becomes null', '{ thing { parts { never { name } bad } late { name } } }'],
  ['is dropped where the root field becomes null', '{ thing { never { name } bad } things { name } }'],
  ['is dropped below another that becomes null', '{ thing { late { never { name } bad } } }'],
  ['tells no error once it is dropped', '{ thing { part { failing { name } bad } late { late { name } } } }'],
  [
    'tells no error once its item is dropped',
    '{ thing { parts { failing { name } bad } late { late { name } } } }',
  ],
  [
    'tells no error once its root field is dropped',
    '{ thing { failing { name } bad } things { late { late { name } } } }',
  ],
  ['tells its error where it fails before', '{ thing { part { throwing { name } bad } } }'],
  [
    'is left out and let in',
    'query ($yes: Boolean!) { thing { late @skip(if: $yes) { name } atHand @include(if: $yes) } }',
    { yes: true },
  ],
])('a field that waits %s', async (_promise, text, variables = {}) => {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  const wanted = await execute({ schema, document, variableValues: { ...variables } });
  const bound = CompiledDocument.from(schema, document)?.bind({ ...variables }, true);
  const got = await bound?.run?.execute(context);
  expect(JSON.stringify(got?.data)).toBe(JSON.stringify(wanted.data));
  const told = (errors: typeof wanted.errors) =>
    (errors ?? []).map((error) => JSON.stringify(error)).toSorted();
  expect(told(got?.errors)).toEqual(told(wanted.errors));
});

test('a field that waits fails alone with an error that cannot be read', async () => {
  const bound = CompiledDocument.from(schema, parse('{ thing { unreadable { name } name } }'))?.bind(
    {},
    true,
  );
  const { data, errors } = (await bound?.run?.execute(context)) ?? {};
  expect(data).toEqual({ thing: { unreadable: null, name: 'a thing' } });
  expect(errors).toMatchObject([
    { message: 'an error that cannot be read', path: ['thing', 'unreadable'], originalError: {} },
  ]);
});
