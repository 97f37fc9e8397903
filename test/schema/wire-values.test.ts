import { describe, expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import { oneCollection, openFrontDoor } from '../support/front-door.ts';
import { json, text } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';

async function read(fields: Record<string, unknown>) {
  const { query } = await openFrontDoor(() => oneCollection(fields));
  const { body } = await query(
    '{ collection(id: "col_1") { name assetCount createdAt updatedAt thumbnail { assetId url } } }',
  );
  expect(body.errors).toBeUndefined();
  return body.data?.['collection'];
}

describe('a URL is given byte for byte', () => {
  test.each([
    'https://cdn.cloud.scenario.com/a/b%2Fc.png?p=100&Key-Pair-Id=K36&Policy=eyJ_~&Signature=a-b~c__&x=%7E%2B+%20',
    'http://127.0.0.1:4010/a.png',
    'https://cdn.example.com',
    'https://cdn.example.com:443/../a/./b',
    'HTTPS://CDN.Example.COM/A.png',
    'https://cdn.example.com/ü?q=é#frag',
  ])('%s', async (url) => {
    expect(dig(await read({ thumbnail: { assetId: 'a', url } }), 'thumbnail', 'url')).toBe(url);
  });
});

describe('a date is given byte for byte', () => {
  test.each([
    '2023-02-03T11:19:41.579Z',
    '2023-02-03T11:19:41Z',
    '2023-02-03t11:19:41.123456789z',
    '2024-02-29T23:59:60+05:30',
    '0001-01-01T00:00:00-00:00',
  ])('%s', async (createdAt) => {
    expect(dig(await read({ createdAt }), 'createdAt')).toBe(createdAt);
  });
});

test.each([[0], [-1], [2 ** 31 - 1], [-(2 ** 31)]])('a count of %i is given', async (assetCount) => {
  expect(dig(await read({ assetCount }), 'assetCount')).toBe(assetCount);
});

test('a count that is written as a decimal is the number that it is', async () => {
  const { query } = await openFrontDoor(() =>
    text(JSON.stringify({ collection: wireCollection() }).replace('"assetCount":3', '"assetCount":3.0')),
  );
  const { body } = await query('{ collection(id: "col_1") { assetCount } }');
  expect(body).toEqual({ data: { collection: { assetCount: 3 } } });
});

test('counts are not made to add up', async () => {
  const { query } = await openFrontDoor(() => oneCollection({ assetCount: 1, modelCount: 1, itemCount: 9 }));
  const { body } = await query('{ collection(id: "col_1") { assetCount modelCount itemCount } }');
  expect(body).toEqual({ data: { collection: { assetCount: 1, modelCount: 1, itemCount: 9 } } });
});

test('a name may be empty, as long as it is a text', async () => {
  expect(dig(await read({ name: '' }), 'name')).toBe('');
});

test('fields that nobody knows yet are passed over, in the envelope and inside', async () => {
  const fields = {
    tags: ['a'],
    thumbnail: { assetId: 'a', url: 'https://x.example', width: 5 },
    nested: { deep: {} },
  };
  const { query } = await openFrontDoor(() =>
    json({ collection: wireCollection(fields), creativeUnitsCost: 3, collections: 'no' }),
  );
  const { body } = await query('{ collection(id: "col_1") { name thumbnail { assetId url } } }');
  expect(body).toEqual({
    data: { collection: { name: 'Forest props', thumbnail: { assetId: 'a', url: 'https://x.example' } } },
  });
});

test('keys that would reach for prototypes do no harm', async () => {
  const poison = '"__proto__":{"polluted":true,"name":"evil"},"constructor":{"prototype":{"polluted":true}},';
  const row = JSON.stringify(wireCollection()).replace('{', `{${poison}`);
  const { query } = await openFrontDoor(({ query: sent }) =>
    sent.has('pageSize') ? text(`{${poison}"collections":[${row}]}`) : text(`{${poison}"collection":${row}}`),
  );
  const { body } = await query('{ collection(id: "col_1") { name } collections { nodes { name } } }');
  expect(body).toEqual({
    data: { collection: { name: 'Forest props' }, collections: { nodes: [{ name: 'Forest props' }] } },
  });
  expect(dig({}, 'polluted')).toBeUndefined();
});

test('a required field cannot be had from a prototype', async () => {
  const { name, ...rest } = wireCollection();
  const row = JSON.stringify(rest).replace('{', `{"__proto__":{"name":${JSON.stringify(name)}},`);
  const { query } = await openFrontDoor(() => text(`{"collection":${row}}`));
  const { body } = await query('{ collection(id: "col_1") { name } }');
  expect(body.data).toEqual({ collection: null });
});

test.each([
  ['an empty object', json({})],
  ['nothing', text('')],
  ['204', text('', 204)],
  ['a list', json([])],
  ['null', json(null)],
  ['an empty text', json('')],
  ['a word of success', json({ deleted: true })],
  ['a collection', oneCollection()],
])('a deletion that is answered with %s is done', async (_what, reply) => {
  const { query, wire } = await openFrontDoor(() => reply);
  const { body } = await query(
    'mutation { deleteCollection(input: { id: "col_1" }) { ... on DeleteCollectionPayload { deletedCollectionId } } }',
  );
  expect(body).toEqual({ data: { deleteCollection: { deletedCollectionId: btoa('Collection:col_1') } } });
  expect(wire()).toEqual(['DELETE /v1/collections/col_1']);
});
