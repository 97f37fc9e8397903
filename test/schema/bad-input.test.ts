import { describe, expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import { everyCollection, globalId, openFrontDoor } from '../support/front-door.ts';

const REFUSAL = '... on InvalidInputError { code issues { path message } }';
const CREATE = `mutation ($name: String!) { result: createCollection(input: { name: $name }) { __typename ${REFUSAL} } }`;
const UPDATE = `mutation ($input: UpdateCollectionInput!) { result: updateCollection(input: $input) { __typename ${REFUSAL} } }`;

async function issuePaths(document: string, variables: object, env: Record<string, string> = {}) {
  const { query, wire } = await openFrontDoor(everyCollection, env);
  const { status, body } = await query(document, variables);
  expect(wire()).toEqual([]);
  expect(status).toBe(200);
  expect(body.errors).toBeUndefined();
  expect(dig(body.data, 'result')).toMatchObject({ __typename: 'InvalidInputError', code: 'BAD_USER_INPUT' });
  const issues = dig(body.data, 'result', 'issues');
  if (!Array.isArray(issues)) throw new Error('no issues');
  for (const issue of issues) expect(dig(issue, 'message')).toMatch(/\S/);
  return issues.map((issue) => dig(issue, 'path'));
}

const BAD_NAMES: ReadonlyArray<[what: string, name: string]> = [
  ['nothing', ''],
  ['blanks', '   '],
  ['other blanks', '\u00a0\u2003\u3000'],
  ['a line feed', 'a\nb'],
  ['a NUL', 'a\u0000'],
  ['an escape', '\u001b[31m'],
  ['a control of the second set', 'a\u0085'],
  ['a lone surrogate', 'a\ud83c'],
];

describe.each(BAD_NAMES)('a name of %s', (_what, name) => {
  test('creates nothing', async () => {
    expect(await issuePaths(CREATE, { name })).toEqual([['input', 'name']]);
  });
  test('changes nothing', async () => {
    expect(await issuePaths(UPDATE, { input: { id: 'col_1', name } })).toEqual([['input', 'name']]);
  });
});

test.each([
  ['emoji', '🌲🏳️‍🌈'],
  ['right to left', 'אוסף \u202bשלי\u202c'],
  ['quotes and braces', '"}{\\'],
  ['1,000 characters', 'x'.repeat(1_000)],
])('a name of %s is sent as it is', async (_what, name) => {
  const { query, wire } = await openFrontDoor(everyCollection);
  const { body } = await query(CREATE, { name });
  expect(body.errors).toBeUndefined();
  expect(wire()).toEqual([`POST /v1/collections ${JSON.stringify({ name })}`]);
});

describe('an update', () => {
  test('that changes nothing is refused', async () => {
    expect(await issuePaths(UPDATE, { input: { id: 'col_1' } })).toEqual([['input']]);
  });
  test('cannot unset the name', async () => {
    expect(await issuePaths(UPDATE, { input: { id: 'col_1', name: null } })).toEqual([['input', 'name']]);
  });
  test('cannot unset the name along with something else', async () => {
    const input = { id: 'col_1', name: null, thumbnailAssetId: 'asset_1' };
    expect(await issuePaths(UPDATE, { input })).toEqual([['input', 'name']]);
  });
});

function many(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `x${index}`);
}

describe.each([
  ['addAssetsToCollection', 'AddAssetsToCollectionInput', 'assetIds'],
  ['removeAssetsFromCollection', 'RemoveAssetsFromCollectionInput', 'assetIds'],
  ['addModelsToCollection', 'AddModelsToCollectionInput', 'modelIds'],
  ['removeModelsFromCollection', 'RemoveModelsFromCollectionInput', 'modelIds'],
])('%s', (field, input, key) => {
  const document = `mutation ($input: ${input}!) { result: ${field}(input: $input) { __typename ${REFUSAL} } }`;
  const variables = (ids: unknown) => ({ input: { id: 'col_1', [key]: ids } });

  test('refuses an empty list', async () => {
    expect(await issuePaths(document, variables([]))).toEqual([['input', key]]);
  });
  test('refuses more ids than one mutation takes', async () => {
    expect(await issuePaths(document, variables(many(1_001)))).toEqual([['input', key]]);
    expect(await issuePaths(document, variables(many(4)), { MAX_BULK_IDS: '3' })).toEqual([['input', key]]);
    const env = { MAX_UPSTREAM_CALLS: '1000' };
    expect(await issuePaths(document, variables(many(10_000)), env)).toEqual([['input', key]]);
  });
  test('names each bad id, though not endlessly many', async () => {
    expect(await issuePaths(document, variables(['a', '..', 'b', 'c/d']))).toEqual([
      ['input', key, '1'],
      ['input', key, '3'],
    ]);
    expect((await issuePaths(document, variables(Array(1_000).fill('/')))).length).toBeLessThanOrEqual(20);
  });
  test('sends repeated ids once, where they stood first', async () => {
    const { query, upstream } = await openFrontDoor(everyCollection);
    await query(document, variables(['b', 'a', 'b', 'c', 'a']));
    expect(upstream.requests.map(({ body }) => body)).toEqual([`{"${key}":["b","a","c"]}`]);
  });
  test('takes one id for a list of one, as GraphQL has it', async () => {
    const { query, upstream } = await openFrontDoor(everyCollection);
    await query(document, variables('a'));
    expect(upstream.requests.map(({ body }) => body)).toEqual([`{"${key}":["a"]}`]);
  });
  test('refuses a list with null before it executes', async () => {
    const { query, wire } = await openFrontDoor(everyCollection);
    const answer = await query(document, variables(['a', null]));
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
    });
    expect(answer.body).not.toHaveProperty('data');
    expect(wire()).toEqual([]);
  });
});

describe('nodes', () => {
  const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Collection { scenarioId } } }';

  test('takes at most 100 ids', async () => {
    const { query, wire } = await openFrontDoor(everyCollection);
    const ids = Array<string>(101).fill(globalId('col_1'));
    const { status, body } = await query(NODES, { ids });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { data: null, errors: [{ path: ['nodes'], extensions: { code: 'BAD_USER_INPUT' } }] },
    });
    expect(wire()).toEqual([]);
  });

  test('gives an error in the place of a bad id, and the others all the same', async () => {
    const { query, wire } = await openFrontDoor(everyCollection);
    const { body } = await query(NODES, { ids: [globalId('a'), 'raw', globalId('b')] });
    expect(body.data).toEqual({ nodes: [{ scenarioId: 'a' }, null, { scenarioId: 'b' }] });
    expect(body.errors).toMatchObject([{ path: ['nodes', 1], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(wire().sort()).toEqual(['GET /v1/collections/a', 'GET /v1/collections/b']);
  });

  test('of nothing is nothing', async () => {
    const { query, wire } = await openFrontDoor(everyCollection);
    expect((await query(NODES, { ids: [] })).body).toEqual({ data: { nodes: [] } });
    expect(wire()).toEqual([]);
  });
});
