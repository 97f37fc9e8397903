import { describe, expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import { everyCollection, globalId, openFrontDoor } from '../support/front-door.ts';
import type { GraphQLAnswer, GraphQLBody } from '../support/gateway.ts';

const BAD_IDS: ReadonlyArray<[what: string, id: string]> = [
  ['one dot', '.'],
  ['two dots', '..'],
  ['nothing', ''],
  ['a blank', ' '],
  ['blanks around', ' col_1 '],
  ['a tab', 'col\t1'],
  ['a way up', '../x'],
  ['dots, encoded', '%2e%2e'],
  ['a slash, encoded', '%2F'],
  ['a slash', 'a/b'],
  ['a backslash', 'a\\b'],
  ['a query', 'a?x'],
  ['a fragment', 'a#f'],
  ['a carriage return', 'a\rb'],
  ['a line feed', 'a\nb'],
  ['a trailing line feed', 'a\n'],
  ['a header', 'a\r\nx-evil: 1'],
  ['a NUL', 'a\u0000b'],
  ['a line separator', 'a\u2028b'],
  ['an umlaut', 'cöl'],
  ['full-width letters', '\uff43\uff4f\uff4c'],
  ['an emoji', '🌲'],
  ['a lone surrogate', 'a\ud800'],
  ['129 characters', 'a'.repeat(129)],
  ['5,000 characters', 'a'.repeat(5_000)],
];

const fields: ReadonlyArray<[field: string, body: (value: string) => string]> = [
  ['collection', (value) => `collection(id: ${value}) { id }`],
  ['node', (value) => `node(id: ${value}) { id }`],
  ['nodes', (value) => `nodes(ids: [${value}]) { id }`],
  ['updateCollection', (value) => `updateCollection(input: { id: ${value}, name: "x" }) { ...R }`],
  [
    'updateCollection',
    (value) => `updateCollection(input: { id: "c", thumbnailAssetId: ${value} }) { ...R }`,
  ],
  ['deleteCollection', (value) => `deleteCollection(input: { id: ${value} }) { ...R }`],
  ...['addAssetsToCollection', 'removeAssetsFromCollection'].flatMap((field): typeof fields => [
    [field, (value) => `${field}(input: { id: ${value}, assetIds: ["a"] }) { ...R }`],
    [field, (value) => `${field}(input: { id: "c", assetIds: ["a", ${value}] }) { ...R }`],
  ]),
  ...['addModelsToCollection', 'removeModelsFromCollection'].flatMap((field): typeof fields => [
    [field, (value) => `${field}(input: { id: ${value}, modelIds: ["m"] }) { ...R }`],
    [field, (value) => `${field}(input: { id: "c", modelIds: ["m", ${value}] }) { ...R }`],
  ]),
];

const REFUSAL =
  'fragment R on Error { __typename message code ... on InvalidInputError { issues { path } } }';

const QUERIES = /^(collection|nodes?)$/;

function documentFor(field: string, body: string, declaration: string): string {
  return QUERIES.test(field)
    ? `query ${declaration} { ${body} }`
    : `mutation ${declaration} { ${body} } ${REFUSAL}`;
}

describe.each(BAD_IDS)('an id of %s', (_what, id) => {
  test('is refused everywhere with no upstream call, given by variable', async () => {
    const { query, wire } = await openFrontDoor(everyCollection);
    for (const [field, body] of fields) {
      const answer = await query(documentFor(field, body('$id'), '($id: ID!)'), { id });
      expect(wrongness(answer, field)).toBeNull();
    }
    expect(wire()).toEqual([]);
  });

  test('is refused everywhere with no upstream call, given as a literal', async () => {
    const { query, wire } = await openFrontDoor(everyCollection);
    for (const [field, body] of fields) {
      const answer = await query(documentFor(field, body(JSON.stringify(id)), ''));
      expect(wrongness(answer, field, id.isWellFormed())).toBeNull();
    }
    expect(wire()).toEqual([]);
  });

  test('is refused inside a global id', async () => {
    const { query, wire } = await openFrontDoor(everyCollection);
    const wrapped = Buffer.from(`Collection:${id}`).toString('base64');
    // Ids of assets and models have no global form.
    for (const [field, body] of fields.filter(([, take]) => !/"c"/.test(take('')))) {
      const answer = await query(documentFor(field, body('$id'), '($id: ID!)'), { id: wrapped });
      expect(wrongness(answer, field)).toBeNull();
    }
    expect(wire()).toEqual([]);
  });
});

// No padding gives them away: as text they could be Scenario ids.
const ASSET = btoa('Asset:asset_123456');
const COLLECTION = btoa('Collection:col_1234');

test('a global id of another type is refused everywhere with no upstream call', async () => {
  const { query, wire } = await openFrontDoor(everyCollection);
  for (const [field, body] of fields.filter(([name]) => !name.startsWith('node'))) {
    const takesMember = body('').includes('"c"');
    const id = takesMember ? COLLECTION : ASSET;
    const answer = await query(documentFor(field, body('$id'), '($id: ID!)'), { id });
    expect(wrongness(answer, field)).toBeNull();
    expect(answer.text).toContain(
      `${id}\\" is the id of ${takesMember ? 'a collection' : 'an asset'}, not of a`,
    );
  }
  for (const field of [
    `asset(id: "${COLLECTION}") { id }`,
    `model(id: "${ASSET}") { id }`,
    `assets(filter: { inCollection: "${ASSET}" }) { nodes { id } }`,
  ])
    expect((await query(`{ ${field} }`)).body.errors).toMatchObject([
      {
        message: expect.stringMatching(/ is the id of an? .*, not of an? /),
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  expect(wire()).toEqual([]);
});

/** What of an answer tells that the field was refused as it should be; `null` when all of it does. */
function wrongness(answer: GraphQLAnswer, field: string, isGraphql = true): unknown {
  const { status, text, body } = answer;
  // A literal that is no Unicode text is no GraphQL either.
  if (!isGraphql) return status === 400 && body.data === undefined ? null : { status, text };
  if (status !== 200 || text.length > 1_000) return { status, text };
  const isRefused = QUERIES.test(field) ? isNullWithError(answer, field) : isInvalidInput(body, field);
  return isRefused ? null : { field, text };
}

function isNullWithError({ body }: GraphQLAnswer, field: string): boolean {
  const [error, ...others] = body.errors ?? [];
  const inList = field === 'nodes';
  return (
    dig(body.data, ...(inList ? [field, 0] : [field])) === null &&
    error?.path?.join('.') === (inList ? 'nodes.0' : field) &&
    error.extensions['code'] === 'BAD_USER_INPUT' &&
    others.length === 0
  );
}

function isInvalidInput({ data, errors }: GraphQLBody, field: string): boolean {
  return (
    errors === undefined &&
    dig(data, field, '__typename') === 'InvalidInputError' &&
    dig(data, field, 'code') === 'BAD_USER_INPUT' &&
    dig(data, field, 'issues', 0, 'path', 0) === 'input'
  );
}

test('a megabyte of id is refused before it is parsed', async () => {
  const { query, wire } = await openFrontDoor(everyCollection);
  const answer = await query('query ($id: ID!) { collection(id: $id) { id } }', {
    id: 'a'.repeat(1_048_576),
  });
  expect(answer).toMatchObject({
    status: 413,
    body: { errors: [{ extensions: { code: 'LIMIT_EXCEEDED' } }] },
  });
  expect(wire()).toEqual([]);
});

test.each([[true], [1.5], [{}], [null], [['a', 'b']]])('an id of %j is no id at all', async (id) => {
  const { query, wire } = await openFrontDoor(everyCollection);
  const answer = await query('query ($id: ID!) { collection(id: $id) { id } }', { id });
  expect(answer.status).toBe(400);
  expect(answer.body).not.toHaveProperty('data');
  expect(answer.body.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(wire()).toEqual([]);
});

test.each(['assets', 'models', '__proto__', 'constructor', '...', '-', 'a'.repeat(128), 'VXNlcjox'])(
  'the odd but valid id %s is sent as it is',
  async (id) => {
    const { query, wire } = await openFrontDoor(everyCollection);
    const { body } = await query('query ($id: ID!) { collection(id: $id) { id scenarioId } }', { id });
    expect(body).toEqual({ data: { collection: { id: globalId(id), scenarioId: id } } });
    expect(wire()).toEqual([`GET /v1/collections/${id}`]);
  },
);

describe('node', () => {
  test.each([
    ['a Scenario id', 'col_1'],
    ['the id of another type', btoa('User:1')],
    ['a type alone', btoa('Collection:')],
    ['base64 without its padding', globalId('col_1').replace(/=+$/, '')],
    ['base64 with trailing garbage', `${globalId('col_1')}!`],
    ['plain text', 'Collection:col_1'],
  ])('refuses %s with no upstream call', async (_what, id) => {
    const { query, wire } = await openFrontDoor(everyCollection);
    const { status, body } = await query('query ($id: ID!) { node(id: $id) { id } }', { id });
    expect(status).toBe(200);
    expect(body.data).toEqual({ node: null });
    expect(body.errors).toMatchObject([{ path: ['node'], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(wire()).toEqual([]);
  });
});
