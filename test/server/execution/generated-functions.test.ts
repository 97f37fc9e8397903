import { GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString, parse } from 'graphql';
import { expect, test } from 'vitest';
import type { GraphQLContext } from '../../../src/schema/context.ts';
import { CompiledDocument } from '../../../src/server/execution/compiled/compiled-document.ts';

const OBJECTS = 4;
const context: GraphQLContext = JSON.parse('{}');

/** Tells whether a generated function has called it. */
const maker = () => (new Error('its stack').stack?.includes('generateObjectMaker') ? 'generated' : 'plain');

const Thing: GraphQLObjectType = new GraphQLObjectType({
  name: 'Thing',
  fields: () => ({
    maker: { type: GraphQLString, args: { of: { type: GraphQLString } }, resolve: maker },
    part: { type: Thing, resolve: () => ({}) },
    name: { type: GraphQLString },
    needed: { type: new GraphQLNonNull(GraphQLString), resolve: () => null },
  }),
});

const things = {
  type: new GraphQLList(Thing),
  resolve: () => Array.from({ length: OBJECTS }, () => ({ name: 'x' })),
};
const schema = new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields: { things } }) });

async function makersOf(document: CompiledDocument | null) {
  const { data } = (await document?.bind({ of: 'x' }, true).run?.execute(context)) ?? {};
  return JSON.parse(JSON.stringify(data?.['things']));
}

test.each([
  ['its arguments fixed', '{ things { maker(of: "x") } }'],
  ['none', '{ things { maker } }'],
  ['arguments that vary', 'query ($of: String) { things { name maker(of: $of) } }'],
])('after so many objects a generated function makes them, with %s', async (_what, text) => {
  for (const threshold of [0, 1, 3, OBJECTS, Number.POSITIVE_INFINITY]) {
    const document = CompiledDocument.from(schema, parse(text), threshold);
    const makers = (await makersOf(document)).map((thing: { maker: string }) => thing.maker);
    const plain = Math.min(threshold, OBJECTS);
    const expected = [
      ...Array.from({ length: plain }, () => 'plain'),
      ...Array.from({ length: OBJECTS - plain }, () => 'generated'),
    ];
    expect(makers).toEqual(expected);
    // And for whatever comes after it.
    expect((await makersOf(document))[0].maker).toBe(threshold > OBJECTS ? 'plain' : 'generated');
  }
});
