import { describe, expect, it } from 'vitest';
import { codesOf, everyCollection, globalId, openFrontDoor } from '../../support/front-door.ts';
import { type Answer, json } from '../../support/scripted-upstream.ts';
import { wireCollection } from '../../support/wire-collection.ts';
import { wireAsset } from '../../support/wire-members.ts';

const ids = (count: number, prefix = 'id') =>
  Array.from({ length: count }, (_, index) => `${prefix}_${index}`);

/** Plays a search that finds for ever, and the bulk read of what it found. */
const found: Answer = ({ body }) => {
  const { assetIds, limit, offset } = JSON.parse(body);
  if (assetIds) return json({ assets: assetIds.map((id: string) => wireAsset({ id })) });
  return json({ hits: ids(limit, `asset_${offset}`).map((id) => ({ id })), limit, offset });
};

/** Plays an endless list, and collections that all exist. */
const upstream: Answer = (request) => {
  if (request.path === '/v1/search/assets' || request.path === '/v1/assets/get-bulk') return found(request);
  if (request.path !== '/v1/collections' || request.method !== 'GET') return everyCollection(request);
  const size = Number(request.query.get('pageSize'));
  const start = Number(request.query.get('paginationToken') ?? 0);
  const collections = Array.from({ length: size }, (_, index) =>
    wireCollection({ id: `col_${start + index}` }),
  );
  return json({ collections, nextPaginationToken: String(start + size) });
};

const ADD =
  'mutation ($ids: [ID!]!) { addAssetsToCollection(input: { id: "c", assetIds: $ids }) { __typename } }';
const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
const FOUND =
  'query ($first: Int!, $filter: AssetFilter) { assets(first: $first, filter: $filter) { nodes { id } } }';
const LIST = 'query ($first: Int!) { collections(first: $first) { nodes { id } } }';

/** What an operation costs, by what it asks for. */
const COSTS: ReadonlyArray<readonly [string, number, string, Record<string, unknown>]> = [
  ['nothing of the upstream', 0, '{ __typename }', {}],
  ['one collection', 1, '{ collection(id: "a") { id } }', {}],
  ['one collection twice', 1, '{ a: collection(id: "a") { id } b: collection(id: "a") { name } }', {}],
  ['two collections', 2, '{ a: collection(id: "a") { id } b: collection(id: "b") { id } }', {}],
  ['a node', 1, `{ node(id: "${globalId('a')}") { id } }`, {}],
  ['7 different nodes of 9', 7, NODES, { ids: [...ids(7), 'id_0', 'id_1'].map(globalId) }],
  ['first: 0', 0, LIST, { first: 0 }],
  ['first: 1', 1, LIST, { first: 1 }],
  ['first: 100', 1, LIST, { first: 100 }],
  ['first: 101', 2, LIST, { first: 101 }],
  ['first: 250', 3, LIST, { first: 250 }],
  ['first: 0 of what a filter finds', 0, FOUND, { first: 0, filter: { text: 'x' } }],
  ['first: 100 of what a filter finds', 2, FOUND, { first: 100, filter: { text: 'x' } }],
  ['first: 101 of what a filter finds', 4, FOUND, { first: 101, filter: { kinds: ['OTHER'] } }],
  ['no ids', 0, ADD, { ids: [] }],
  ['49 ids', 1, ADD, { ids: ids(49) }],
  ['50 ids', 2, ADD, { ids: ids(50) }],
  ['120 ids', 3, ADD, { ids: ids(120) }],
  [
    '120 ids, 100 of them the same',
    1,
    ADD,
    { ids: [...ids(21), ...Array.from({ length: 99 }, () => 'id_0')] },
  ],
  ['a create', 1, 'mutation { createCollection(input: { name: "x" }) { __typename } }', {}],
  [
    'two deletes of the same',
    2,
    'mutation { a: deleteCollection(input: { id: "a" }) { __typename } b: deleteCollection(input: { id: "a" }) { __typename } }',
    {},
  ],
  [
    'what is skipped',
    1,
    '{ a: collection(id: "a") { id } b: collection(id: "b") @skip(if: true) { id } }',
    {},
  ],
];

describe.each(['true', 'false'])('with FAST_PATH=%s', (FAST_PATH) => {
  it.each(COSTS)('%s costs %i', async (_what, cost, document, variables) => {
    const env = { FAST_PATH, MAX_QUERY_BYTES: '100000' };
    const exact = await openFrontDoor(upstream, { ...env, MAX_UPSTREAM_CALLS: String(Math.max(1, cost)) });
    const answer = await exact.query(document, variables);
    expect(codesOf(answer)).not.toContain('LIMIT_EXCEEDED');
    expect(exact.wire().length).toBeLessThanOrEqual(Math.max(1, cost));
    if (cost < 2) return;
    const less = await openFrontDoor(upstream, { ...env, MAX_UPSTREAM_CALLS: String(cost - 1) });
    const refused = await less.query(document, variables);
    expect([refused.status, codesOf(refused), refused.body.data]).toEqual([
      400,
      ['LIMIT_EXCEEDED'],
      undefined,
    ]);
    expect(refused.body.errors?.[0]?.message).toContain(String(cost));
    expect(less.wire()).toEqual([]);
  });

  it('an operation costs 30 calls at most by default, all its fields together', async () => {
    const { query, wire } = await openFrontDoor(upstream, { FAST_PATH });
    expect((await query(NODES, { ids: ids(30).map(globalId) })).status).toBe(200);
    const calls = wire().length;
    expect(codesOf(await query(NODES, { ids: ids(31).map(globalId) }))).toEqual(['LIMIT_EXCEEDED']);
    const both = `query ($ids: [ID!]!) { nodes(ids: $ids) { id } collection(id: "another") { id } }`;
    expect(codesOf(await query(both, { ids: ids(30).map(globalId) }))).toEqual(['LIMIT_EXCEEDED']);
    expect([calls, wire().length]).toEqual([30, 30]);
  });
});
