import { expect, test } from 'vitest';
import { dig } from '../../support/dig.ts';
import { openSandboxedGateway } from '../../support/sandboxed-gateway.ts';

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

test.each(['assets', 'models'])(
  'the collections of many %s are named without a call for each',
  async (field) => {
    const { query, calls } = await openSandboxedGateway({ seedCount: 120 });
    const document = `{
    collections(first: 3) { nodes { id ${field}(first: 20) { nodes { collectionIds collections { id name } } } } }
  }`;
    await calls();
    const { body } = await query(document, {}, { headers: { 'x-show-cost': '1' } });
    expect(body.errors).toBeUndefined();
    const members = listOf(dig(body.data, 'collections', 'nodes')).flatMap((node) =>
      listOf(dig(node, field, 'nodes')),
    );
    expect(members.length).toBeGreaterThan(0);
    for (const member of members) {
      const named = listOf(dig(member, 'collections')).map((collection) => dig(collection, 'id'));
      expect(named).toEqual(dig(member, 'collectionIds'));
    }
    // One page for the list, two for the index of all 120.
    expect((await calls())['GET /collections']).toBe(3);
  },
);

test('they are planned as the walk, once', async () => {
  const { query } = await openSandboxedGateway({ seedCount: 10 });
  const document = `{
    a: asset(id: "asset_0") { collections { name } }
    b: asset(id: "asset_1") { collections { name } }
    model(id: "model_0") { collections { name } }
    collections(filter: { name: "x" }) { totalCount }
  }`;
  const { body } = await query(document, {}, { headers: { 'x-show-cost': '1' } });
  expect(body.errors).toBeUndefined();
  expect(dig(body, 'extensions', 'cost', 'planned')).toBe(3);
});

test('an asset filed through the gateway names its collection at once', async () => {
  const { query, calls } = await openSandboxedGateway({ seedCount: 10 });
  await query('{ collections { totalCount } }');
  const created = await query(
    'mutation { createCollection(input: { name: "Fresh" }) { ... on CreateCollectionPayload { collection { id } } } }',
  );
  const id = String(dig(created.body.data, 'createCollection', 'collection', 'id'));
  await query(
    'mutation ($id: ID!) { addAssetsToCollection(input: { id: $id, assetIds: ["asset_0"] }) { __typename } }',
    { id },
  );
  await calls();
  const { body } = await query('{ asset(id: "asset_0") { collections { name itemCount } } }');
  expect(body.data).toEqual({ asset: { collections: [{ name: 'Fresh', itemCount: 1 }] } });
  expect((await calls())['GET /collections']).toBeUndefined();
});
