import { describe, expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import type { TestGateway } from '../support/gateway.ts';
import { openSandboxedGateway } from '../support/sandboxed-gateway.ts';

const MEMBERS = {
  Assets: { list: 'assetIds', typename: 'Asset', most: 120 },
  Models: { list: 'modelIds', typename: 'Model', most: 60 },
} as const;
type Kind = keyof typeof MEMBERS;
const KINDS: readonly Kind[] = ['Assets', 'Models'];

const namesOf = (kind: Kind, from: number, count: number) =>
  Array.from({ length: count }, (_, index) => `${MEMBERS[kind].typename.toLowerCase()}_${from + index}`);

type Query = TestGateway['query'];

async function create(query: Query): Promise<string> {
  const { body } = await query(
    'mutation { createCollection(input: { name: "Props" }) { ... on CreateCollectionPayload { collection { scenarioId } } } }',
  );
  return String(dig(body.data, 'createCollection', 'collection', 'scenarioId'));
}

async function edit(query: Query, field: string, id: string, ids: readonly string[]) {
  const list = field.includes('Assets') ? 'assetIds' : 'modelIds';
  const lists = field.startsWith('add') ? 'addedIds alreadyPresentIds' : 'removedIds notPresentIds';
  const { body } = await query(
    `mutation ($id: ID!, $ids: [ID!]!) { result: ${field}(input: { id: $id, ${list}: $ids }) {
      __typename ... on Error { code message }
      ... on ${field.charAt(0).toUpperCase()}${field.slice(1)}Payload { collection { itemCount } ids: ${list} ${lists} }
      ... on PartiallyAppliedError { latestCollection { itemCount }
        appliedIds failedIds unknownIds notAttemptedIds failures { id code message } } } }`,
    { id, ids },
  );
  expect(body.errors).toBeUndefined();
  return dig(body.data, 'result');
}

const sum = (calls: Readonly<Record<string, number>>) =>
  Object.values(calls).reduce((total, count) => total + count, 0);

async function open() {
  const { query, calls } = await openSandboxedGateway({ seedCount: 0 });
  const id = await create(query);
  await calls();
  return { query, calls, id };
}

describe.each(KINDS)('%s', (kind) => {
  const { most } = MEMBERS[kind];

  test('are added at one call a chunk, and removed at the same', async () => {
    const { query, calls, id } = await open();
    const ids = namesOf(kind, 0, most);
    const chunks = Math.ceil(most / 49);
    expect(await edit(query, `add${kind}ToCollection`, id, ids)).toMatchObject({
      collection: { itemCount: most },
      ids,
      addedIds: ids,
      alreadyPresentIds: [],
    });
    expect(sum(await calls())).toBe(chunks);
    expect(await edit(query, `remove${kind}FromCollection`, id, ids)).toMatchObject({
      collection: { itemCount: 0 },
      removedIds: ids,
      notPresentIds: [],
    });
    expect(sum(await calls())).toBe(chunks);
  });

  test('that are all in the collection already are no error, and nothing is sent twice', async () => {
    const { query, calls, id } = await open();
    const ids = namesOf(kind, 0, 30);
    await edit(query, `add${kind}ToCollection`, id, ids);
    await calls();
    expect(await edit(query, `add${kind}ToCollection`, id, ids)).toMatchObject({
      collection: { itemCount: 30 },
      addedIds: [],
      alreadyPresentIds: ids,
    });
    expect(sum(await calls())).toBe(3);
  });

  test('can be named by global ids, which count once beside their Scenario ids', async () => {
    const { query, id } = await open();
    const { typename } = MEMBERS[kind];
    const [first = '', second = ''] = namesOf(kind, 0, 2);
    const ids = [btoa(`${typename}:${first}`), first, second];
    expect(await edit(query, `add${kind}ToCollection`, id, ids)).toMatchObject({
      ids: [first, second],
      addedIds: [first, second],
    });
  });

  test('of a collection that does not exist are a NotFoundError, and cost two calls', async () => {
    const { query, calls } = await open();
    const ids = namesOf(kind, 0, most);
    const result = await edit(query, `add${kind}ToCollection`, 'col_none', ids);
    expect(result).toMatchObject({ __typename: 'NotFoundError', code: 'NOT_FOUND' });
    expect(sum(await calls())).toBe(2);
  });
});

test('80 new and 40 present ids, mixed, are at most 9 calls', async () => {
  const { query, calls, id } = await open();
  const ids = namesOf('Assets', 0, 120);
  const present = ids.filter((_, index) => index % 3 === 1);
  await edit(query, 'addAssetsToCollection', id, present);
  await calls();
  expect(await edit(query, 'addAssetsToCollection', id, ids)).toMatchObject({
    collection: { itemCount: 120 },
    addedIds: ids.filter((asset) => !present.includes(asset)),
    alreadyPresentIds: present,
  });
  expect(sum(await calls())).toBeLessThanOrEqual(9);
});

test.each([0, 20, 48, 49, 97])('an id that does not exist, at %i of 98, costs only itself', async (place) => {
  const { query, calls, id } = await open();
  const good = namesOf('Assets', 0, 97);
  const ids = good.toSpliced(place, 0, 'asset_none');
  expect(await edit(query, 'addAssetsToCollection', id, ids)).toEqual({
    __typename: 'PartiallyAppliedError',
    code: 'NOT_FOUND',
    message: 'There is no asset "asset_none".',
    latestCollection: { itemCount: 97 },
    appliedIds: good,
    failedIds: ['asset_none'],
    unknownIds: [],
    notAttemptedIds: [],
    failures: [{ id: 'asset_none', code: 'NOT_FOUND', message: 'There is no asset "asset_none".' }],
  });
  expect(sum(await calls())).toBeLessThanOrEqual(5);
});

test('an id that does not exist, alone, is a report in which nothing was applied', async () => {
  const { query, id } = await open();
  expect(await edit(query, 'addAssetsToCollection', id, ['asset_none'])).toMatchObject({
    __typename: 'PartiallyAppliedError',
    code: 'NOT_FOUND',
    latestCollection: { itemCount: 0 },
    appliedIds: [],
    failedIds: ['asset_none'],
  });
});

test('public assets of others can be added: owners are never compared', async () => {
  const { query, id } = await open();
  expect(
    await edit(query, 'addAssetsToCollection', id, ['asset_public_1', 'asset_none', 'asset_1']),
  ).toMatchObject({
    appliedIds: ['asset_public_1', 'asset_1'],
    failedIds: ['asset_none'],
  });
});

test('removing what is not in the collection is no error', async () => {
  const sandbox = { seedCount: 0, faults: { membership: { reremove: 'strict' as const } } };
  const { query, calls } = await openSandboxedGateway(sandbox);
  const id = await create(query);
  await edit(query, 'addAssetsToCollection', id, namesOf('Assets', 0, 30));
  await calls();
  expect(await edit(query, 'removeAssetsFromCollection', id, namesOf('Assets', 20, 80))).toMatchObject({
    collection: { itemCount: 20 },
    removedIds: namesOf('Assets', 20, 10),
    notPresentIds: namesOf('Assets', 30, 70),
  });
  expect(sum(await calls())).toBe(4);
});

test('a thumbnail can be named by the global id of its asset', async () => {
  const { query, id } = await open();
  const { body } = await query(
    `mutation ($id: ID!, $asset: ID) { updateCollection(input: { id: $id, thumbnailAssetId: $asset }) {
      ... on UpdateCollectionPayload { collection { thumbnail { assetId } } } } }`,
    { id, asset: btoa('Asset:asset_7') },
  );
  expect(dig(body.data, 'updateCollection', 'collection', 'thumbnail', 'assetId')).toBe('asset_7');
});
