import { GraphQLObjectType, GraphQLSchema, GraphQLString, parse } from 'graphql';
import { expect, test } from 'vitest';
import type { GraphQLContext } from '../../../src/schema/context.ts';
import { ONE_CALL, readsObject, withReadAhead } from '../../../src/schema/planned-calls.ts';
import { CompiledDocument } from '../../../src/server/execution/compiled/compiled-document.ts';
import { isScenarioId } from '../../../src/shared/brands.ts';

const asked: string[] = [];
const collection = { id: 'col_1', __typename: 'Collection' };
const context: GraphQLContext = JSON.parse('{ "caller": "ada" }');

/** A field that tells when its read is started, and when it is asked. */
const part = {
  type: GraphQLString,
  args: { of: { type: GraphQLString } },
  extensions: withReadAhead(ONE_CALL, ({ typename, id }, args, given) => {
    asked.push(`${typename} ${id} ${JSON.stringify(args)} ${given === context}`);
    if (args['of'] === 'what fails') throw new Error('not started');
  }),
  resolve: async () => void asked.push('part'),
};

const fields = { id: { type: GraphQLString }, part, alone: { ...part, extensions: ONE_CALL } };
const Collection: GraphQLObjectType = new GraphQLObjectType({
  name: 'Collection',
  // What only leads to what waits.
  fields: () => ({ ...fields, same: { type: Collection, resolve: (source) => source } }),
});
const Model = new GraphQLObjectType({ name: 'Model', fields });

const named = (name: string, type: GraphQLObjectType) => ({
  type,
  args: { id: { type: GraphQLString } },
  extensions: readsObject(
    () => ({ calls: 1 }),
    ({ id }) => {
      if (!isScenarioId<'Collection'>(id)) throw new Error('no id');
      return { typename: 'Collection', id };
    },
  ),
  resolve: async () => {
    asked.push(name);
    return collection;
  },
});

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      collection: named('collection', Collection),
      model: named('model', Model),
      other: { ...named('other', Collection), extensions: ONE_CALL },
    },
  }),
});

async function run(text: string, variables = {}) {
  asked.length = 0;
  const { run: bound } = CompiledDocument.from(schema, parse(text))?.bind(variables, true) ?? {};
  const { data, errors } = (await bound?.execute(context)) ?? {};
  return { data: JSON.parse(JSON.stringify(data)), errors, events: [...asked] };
}

const PART = 'part(of: $of)';
const WHOLE = 'query ($of: String)';

test('what is below an object that is named is started behind its read, each with its arguments', async () => {
  const text = `${WHOLE} { collection(id: "col_1") { id same { alone } alone a: ${PART} b: part(of: "it") c: part } }`;
  const { data, events } = await run(text, { of: 'them' });
  const started = ['{"of":"them"}', '{"of":"it"}', '{}'].map((args) => `Collection col_1 ${args} true`);
  expect(events.slice(0, 4)).toEqual(['collection', ...started]);
  expect(events.slice(4)).toEqual(['part', 'part', 'part', 'part', 'part']);
  const nulls = { alone: null, a: null, b: null, c: null };
  expect(data).toEqual({ collection: { id: 'col_1', same: { alone: null }, ...nulls } });
});

test.each([
  ['an object of another type', '{ model(id: "col_1") { part } }', 'model'],
  ['an object whose id is refused', '{ collection(id: "no id!") { part } }', 'collection'],
  ['a field that names no object', '{ other(id: "col_1") { part } }', 'other'],
  ['an object of which nothing more is read', '{ collection(id: "col_1") { id } }', 'collection'],
])('nothing is started below %s', async (_what, text, name) => {
  const { events, errors } = await run(text);
  expect(events.filter((each) => each !== 'part')).toEqual([name]);
  expect(errors).toBeUndefined();
});

test.each([[null], ['what fails']])('what cannot be started has no say in the answer: %s', async (of) => {
  const text = `query ($of: String) { collection(id: "col_1") { id ${PART} } }`;
  expect(await run(text, { of })).toMatchObject({ data: { collection: { id: 'col_1', part: null } } });
});
