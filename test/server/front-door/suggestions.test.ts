import { describe, expect, it } from 'vitest';
import { everyCollection, openFrontDoor } from '../../support/front-door.ts';

type Misspelling = readonly [what: string, document: string, variables: object, hidden: readonly string[]];

const UPDATE = 'mutation ($input: UpdateCollectionInput!) { updateCollection(input: $input) { __typename } }';

/** Each speaks of something that nearly exists; what does exist must not be told. */
const MISSPELLINGS: readonly Misspelling[] = [
  ['a root field', '{ colection(id: "c") { id } }', {}, ['collection']],
  ['a field', '{ collection(id: "c") { asetCount } }', {}, ['assetCount']],
  ['a field of another type', '{ node(id: "c") { name } }', {}, ['on Collection', '"Collection"']],
  ['an argument', '{ collections(frst: 1) { nodes { id } } }', {}, ['first']],
  ['a type in a condition', '{ node(id: "c") { ... on Colection { id } } }', {}, ['"Collection"']],
  [
    'the type of a variable',
    'query ($i: UpdateCollectionInpt) { __typename }',
    {},
    ['UpdateCollectionInput'],
  ],
  [
    'an input field',
    'mutation { updateCollection(input: { id: "c", nme: "x" }) { __typename } }',
    {},
    ['"name"'],
  ],
  [
    'an input field in a variable',
    UPDATE,
    { input: { id: 'c', thumbnailAsetId: 'x' } },
    ['thumbnailAssetId'],
  ],
  ['a directive', '{ __typename @skp(if: true) }', {}, ['@skip', '"skip"']],
  ['an argument of a directive', '{ __typename @skip(iff: true) }', {}, ['"if"?']],
  ['an enum in a literal', '{ collections(first: FRST) { nodes { id } } }', {}, []],
  ['a fragment', '{ ...Prats } fragment Parts on Query { __typename }', {}, []],
  ['a variable', 'query ($first: Int) { collections(first: $frst) { nodes { id } } }', {}, []],
  ['a field of introspection', '{ __schma { types { name } } }', {}, ['__schema']],
  ['the name of an operation', 'query Read { __typename }', {}, []],
];

describe.each(['true', 'false'])('with FAST_PATH=%s, nothing is guessed from', (FAST_PATH) => {
  it.each(MISSPELLINGS)('%s', async (_what, document, variables, hidden) => {
    const { query, wire } = await openFrontDoor(everyCollection, { FAST_PATH });
    for (const accept of ['application/json', 'application/graphql-response+json', '*/*']) {
      const { text } = await query(document, variables, { headers: { accept } });
      expect(text).not.toMatch(/did you mean|perhaps|maybe/i);
      for (const name of hidden) expect(text.replaceAll('\\"', '"')).not.toContain(name);
    }
    expect(wire()).toEqual([]);
  });

  it.each(['__schema { types { name } }', '__type(name: "Collection") { fields { name } }'])(
    'the schema, however it is asked for: %s',
    async (selection) => {
      const { query } = await openFrontDoor(everyCollection, { FAST_PATH });
      const ways = [
        `{ ${selection} }`,
        `{ a: ${selection} }`,
        `{ ... { ${selection} } }`,
        `query ($s: Boolean = true) { ... on Query @include(if: $s) { ${selection} } }`,
        `{ ...F } fragment F on Query { ${selection} }`,
        `query A { __typename } query B { ${selection} }`,
      ];
      for (const way of ways) {
        const answer = await query(way);
        expect([answer.status, answer.body.data]).toEqual([400, undefined]);
        expect(answer.text).not.toContain('assetCount');
      }
    },
  );
});
