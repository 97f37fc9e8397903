import { describe, expect, test } from 'vitest';
import { oneCollection, openFrontDoor } from '../support/front-door.ts';
import { json } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';

const UPDATE = `mutation ($input: UpdateCollectionInput!) { updateCollection(input: $input) {
  __typename ... on UpdateCollectionPayload { collection { thumbnail { assetId } } } } }`;

describe('an update sends exactly what is to change', () => {
  test.each([
    ['a new name', { name: 'New' }, '{"name":"New"}'],
    ['a thumbnail', { thumbnailAssetId: 'asset_9' }, '{"thumbnail":"asset_9"}'],
    ['null, which unsets the thumbnail', { thumbnailAssetId: null }, '{"thumbnail":null}'],
    ['both', { thumbnailAssetId: 'asset_9', name: 'New' }, '{"name":"New","thumbnail":"asset_9"}'],
    ['a name and null', { name: 'New', thumbnailAssetId: null }, '{"name":"New","thumbnail":null}'],
    ['a name as it is, blanks and all', { name: '  a  b ' }, '{"name":"  a  b "}'],
  ])('%s', async (_what, change, body) => {
    const { query, wire } = await openFrontDoor(() => oneCollection());
    const answer = await query(UPDATE, { input: { id: 'col_1', ...change } });
    expect(answer.body.errors).toBeUndefined();
    expect(wire()).toEqual([`PUT /v1/collections/col_1 ${body}`]);
  });

  test('a variable that is not given counts as absent, one that is null as null', async () => {
    const { query, wire } = await openFrontDoor(() => oneCollection());
    const document = `mutation ($name: String, $thumb: ID) {
      updateCollection(input: { id: "col_1", name: $name, thumbnailAssetId: $thumb }) { __typename } }`;
    await query(document, { name: 'A' });
    await query(document, { name: 'A', thumb: null });
    expect(wire()).toEqual([
      'PUT /v1/collections/col_1 {"name":"A"}',
      'PUT /v1/collections/col_1 {"name":"A","thumbnail":null}',
    ]);
  });

  test('an unset thumbnail reads as null', async () => {
    const { query } = await openFrontDoor(() =>
      json({ collection: wireCollection({ thumbnail: undefined }) }),
    );
    const { body } = await query(UPDATE, { input: { id: 'col_1', thumbnailAssetId: null } });
    expect(body).toEqual({
      data: { updateCollection: { __typename: 'UpdateCollectionPayload', collection: { thumbnail: null } } },
    });
  });
});

test('a page token goes upstream byte for byte, percent-encoded', async () => {
  const token = '+/+/MDox==&x=?#é ';
  const { query, upstream } = await openFrontDoor(({ query: sent }) =>
    sent.has('paginationToken')
      ? json({ collections: [wireCollection({ id: 'col_2' })] })
      : json({ collections: [wireCollection()], nextPaginationToken: token }),
  );
  const first = await query('{ collections(first: 1) { pageInfo { endCursor hasNextPage } } }');
  expect(first.body).toMatchObject({ data: { collections: { pageInfo: { hasNextPage: true } } } });
  const after = /"endCursor":"([^"]+)"/.exec(first.text)?.[1];
  const next = await query(
    'query ($after: String) { collections(first: 1, after: $after) { nodes { scenarioId } pageInfo { hasPreviousPage } } }',
    { after },
  );
  expect(next.body.data).toEqual({
    collections: { nodes: [{ scenarioId: 'col_2' }], pageInfo: { hasPreviousPage: true } },
  });
  expect(upstream.requests.map(({ target }) => target)).toEqual([
    '/v1/collections?pageSize=1',
    '/v1/collections?pageSize=1&paginationToken=%2B%2F%2B%2FMDox%3D%3D%26x%3D%3F%23%C3%A9%20',
  ]);
  expect(upstream.requests[1]?.query.get('paginationToken')).toBe(token);
});

describe('the request id', () => {
  test('is made when the caller gives none, and is the same upstream and in the answer', async () => {
    const { query, upstream } = await openFrontDoor(() => oneCollection());
    const { headers } = await query('{ collection(id: "col_1") { id } }');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(upstream.requests[0]?.headers.get('x-request-id')).toBe(headers.get('x-request-id'));
  });

  test('is made anew when the caller gives one that could do harm', async () => {
    const { query, upstream } = await openFrontDoor(() => oneCollection());
    await query('{ collection(id: "col_1") { id } }', {}, { headers: { 'x-request-id': 'a b{"x":1}' } });
    expect(upstream.requests[0]?.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

test('no header of the caller reaches the upstream', async () => {
  const { query, upstream } = await openFrontDoor(() => oneCollection());
  const headers = {
    authorization: 'Bearer caller',
    cookie: 'a=b',
    'x-forwarded-for': '9.9.9.9',
    'x-evil': 'x',
  };
  await query('{ collection(id: "col_1") { id } }', {}, { headers });
  const sent = upstream.requests[0]?.headers ?? new Map<string, string>();
  expect([...sent.keys()].filter((name) => name === 'cookie' || name.startsWith('x-'))).toEqual([
    'x-request-id',
  ]);
  expect(sent.get('authorization')).toMatch(/^Basic /);
});
