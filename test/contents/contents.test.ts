import { describe, expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import type { TestGateway } from '../support/gateway.ts';
import { openSandboxedGateway } from '../support/sandboxed-gateway.ts';

const idsOf = (nodes: unknown): string[] =>
  (Array.isArray(nodes) ? nodes : []).map((node) => String(dig(node, 'scenarioId')));

async function firstCollection(query: TestGateway['query']): Promise<string> {
  const { body } = await query('{ collections(first: 1) { nodes { scenarioId } } }');
  return String(dig(body.data, 'collections', 'nodes', 0, 'scenarioId'));
}

/** Every member by slices of this size, resumed by the last cursor. */
async function walk(query: TestGateway['query'], field: string, id: string, first: number) {
  const ids: string[] = [];
  for (let after: unknown = null; ; ) {
    const document = `query ($after: String) {
      collection(id: "${id}") { list: ${field}(first: ${first}, after: $after) {
        nodes { scenarioId } totalCount pageInfo { hasNextPage endCursor } } } }`;
    const { body } = await query(document, { after });
    expect(body.errors).toBeUndefined();
    const list = dig(body.data, 'collection', 'list');
    ids.push(...idsOf(dig(list, 'nodes')));
    if (dig(list, 'pageInfo', 'hasNextPage') !== true) return { ids, total: dig(list, 'totalCount') };
    after = dig(list, 'pageInfo', 'endCursor');
  }
}

describe.each([0, 1, 49, 50, 99, 100, 101, 237])('a collection of %i assets and models', (count) => {
  test.each(['assets', 'models'])('gives each of its %s once, in slices of any size', async (field) => {
    const { query } = await openSandboxedGateway({ seedCount: 1, seedAssets: count, seedModels: count });
    const id = await firstCollection(query);
    const whole = await walk(query, field, id, 500);
    expect(whole).toMatchObject({ total: count });
    expect(new Set(whole.ids).size).toBe(count);
    expect(whole.ids).toHaveLength(count);
    for (const first of [7, 100, 150]) expect((await walk(query, field, id, first)).ids).toEqual(whole.ids);
  });
});

test.each(['assets', 'models'])('the cursor of every edge of %s resumes behind it', async (field) => {
  const { query } = await openSandboxedGateway({ seedCount: 1, seedAssets: 30, seedModels: 30 });
  const id = await firstCollection(query);
  const { ids } = await walk(query, field, id, 500);
  for (const first of [4, 25]) {
    const { body } = await query(
      `{ collection(id: "${id}") { list: ${field}(first: ${first}) { edges { cursor } } } }`,
    );
    for (let index = 0; index < first; index += 1) {
      const after = dig(body.data, 'collection', 'list', 'edges', index, 'cursor');
      const rest = await query(
        `query ($after: String) { collection(id: "${id}") {
          list: ${field}(first: 5, after: $after) { nodes { scenarioId } } } }`,
        { after },
      );
      expect(rest.body.errors).toBeUndefined();
      expect(idsOf(dig(rest.body.data, 'collection', 'list', 'nodes'))).toEqual(
        ids.slice(index + 1, index + 6),
      );
    }
  }
});

describe('the calls are what was planned', () => {
  test('twenty assets by id are one call', async () => {
    const { query, calls } = await openSandboxedGateway({ seedCount: 1 });
    await calls();
    const fields = Array.from(
      { length: 20 },
      (_, index) => `a${index}: asset(id: "asset_${index}") { scenarioId }`,
    );
    const { body } = await query(`{ ${fields.join(' ')} }`);
    expect(dig(body.data, 'a19', 'scenarioId')).toBe('asset_19');
    expect(await calls()).toEqual({ 'assets.bulk': 1 });
  });

  test('twenty collections with four assets each are 21 calls', async () => {
    const { query, calls } = await openSandboxedGateway({ seedCount: 25, seedAssets: 6 });
    await calls();
    const { body } = await query(
      '{ collections(first: 20) { nodes { assets(first: 4) { nodes { id } } } } }',
    );
    expect(body.errors).toBeUndefined();
    expect(await calls()).toEqual({ 'GET /collections': 1, 'assets.list': 20 });
  });

  test('membership of all collections of a list is one call', async () => {
    const { query, calls } = await openSandboxedGateway({ seedCount: 10, seedAssets: 3 });
    const id = await firstCollection(query);
    const { ids } = await walk(query, 'assets', id, 10);
    await calls();
    const { body } = await query(
      `query ($ids: [ID!]!) { collections(first: 10) { nodes { scenarioId containsAssets(assetIds: $ids) } } }`,
      { ids: [...ids, 'asset_0', btoa(`Asset:${ids[0]}`)] },
    );
    const nodes = dig(body.data, 'collections', 'nodes');
    expect(Array.isArray(nodes) && nodes.find((node) => dig(node, 'scenarioId') === id)).toEqual({
      scenarioId: id,
      containsAssets: [...ids.map(() => true), false, true],
    });
    expect(await calls()).toEqual({ 'GET /collections': 1, 'assets.bulk': 1 });
  });

  test('what is too much is refused with its sum and the field that makes it large, without a call', async () => {
    const { query, calls } = await openSandboxedGateway({ seedCount: 1 });
    await calls();
    const { status, body } = await query(
      '{ collections(first: 100) { nodes { assets(first: 4) { nodes { id } } } } }',
    );
    expect([status, dig(body.errors, 0, 'extensions', 'code')]).toEqual([400, 'LIMIT_EXCEEDED']);
    expect(dig(body.errors, 0, 'message')).toContain(
      '101 upstream calls ("collections.nodes.assets" alone 100)',
    );
    expect(await calls()).toEqual({});
  });
});

test('a nested list that fails is null with its own error and costs no other', async () => {
  const { query } = await openSandboxedGateway({ seedCount: 2, seedAssets: 3 });
  const { body } = await query(
    '{ collections(first: 2) { nodes { name assets(first: 2) { nodes { id } } missing: assets(first: -1) { nodes { id } } } } }',
  );
  expect(dig(body.data, 'collections', 'nodes', 1, 'assets', 'nodes')).toHaveLength(2);
  expect(dig(body.data, 'collections', 'nodes', 1, 'missing')).toBeNull();
  expect(body.errors?.map(({ path }) => path)).toEqual([
    ['collections', 'nodes', 0, 'missing'],
    ['collections', 'nodes', 1, 'missing'],
  ]);
});

test('nodes gives objects of all types in order, null where one does not exist', async () => {
  const { query, calls } = await openSandboxedGateway({ seedCount: 1, seedAssets: 1, seedModels: 1 });
  const id = await firstCollection(query);
  await calls();
  const ids = ['Asset:asset_3', `Collection:${id}`, 'Model:model_2', 'Asset:asset_none'].map((text) =>
    btoa(text),
  );
  const { body } = await query('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', { ids });
  expect(body.data).toEqual({
    nodes: [
      { __typename: 'Asset', id: ids[0] },
      { __typename: 'Collection', id: ids[1] },
      { __typename: 'Model', id: ids[2] },
      null,
    ],
  });
  expect(await calls()).toEqual({ 'assets.bulk': 1, 'models.bulk': 1, 'GET /collections/{collectionId}': 1 });
});

test('example assets of all models of a list are read in one call', async () => {
  const { query, calls } = await openSandboxedGateway({ seedCount: 1, seedModels: 12 });
  const id = await firstCollection(query);
  await calls();
  const { body } = await query(
    `{ collection(id: "${id}") { models(first: 12) { nodes { name exampleAssets { previewUrl(width: 64) } } } } }`,
  );
  expect(body.errors).toBeUndefined();
  expect(dig(body.data, 'collection', 'models', 'nodes')).toHaveLength(12);
  expect(await calls()).toMatchObject({ 'assets.bulk': 1 });
});
