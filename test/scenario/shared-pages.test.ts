import { describe, expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import { type FrontDoor, openFrontDoor } from '../support/front-door.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { idsUpTo, OffsetList } from '../support/offset-list.ts';
import type { ReceivedRequest } from '../support/received-request.ts';
import { type Answer, json } from '../support/scripted-upstream.ts';
import { readSlice, walkToEnd } from '../support/slices.ts';
import { wireCollection } from '../support/wire-collection.ts';
import { wireAsset, wireModel } from '../support/wire-members.ts';

const CACHED = { CACHE_TTL_MS: '600000' };
const ALL = idsUpTo(237);
const RENAME =
  'mutation { updateCollection(input: { id: "col_0", name: "n" }) { ... on UpdateCollectionPayload { collection { id } } } }';

const pageSizes = ({ upstream }: FrontDoor) => upstream.requests.map(({ query }) => query.get('pageSize'));

/** Renames at once, and lists. */
function listOf(list: OffsetList): Answer {
  return (request) =>
    request.method === 'PUT' ? json({ collection: wireCollection({ id: 'col_0' }) }) : list.answer(request);
}

async function openList(env: Record<string, string> = CACHED) {
  const list = new OffsetList(ALL);
  const door = await openFrontDoor(listOf(list), env);
  return { ...door, list, sizes: () => pageSizes(door) };
}

async function rowsBehind(query: TestGateway['query'], after: string | undefined, first = 24) {
  const { edges } = await readSlice(query, { first, after });
  return edges.map(({ node }) => node.scenarioId);
}

describe('with CACHE_TTL_MS, slices are cut from pages of 100', () => {
  test('so that an infinite scroll by 24 through 237 collections costs three calls', async () => {
    const { query, sizes } = await openList();
    const { rows } = await walkToEnd(query, 24);
    expect(rows).toEqual(ALL);
    expect(sizes()).toEqual(['100', '100', '100']);
  });

  test('whatever their sizes, and for all who scroll', async () => {
    const { query, sizes } = await openList();
    for (const first of [1, 5, 24, 60, 100])
      expect(await rowsBehind(query, undefined, first)).toHaveLength(first);
    expect(sizes()).toEqual(['100']);
    await Promise.all([7, 30, 120].map((first) => walkToEnd(query, first)));
    expect(sizes()).toEqual(['100', '100', '100']);
  });

  test.each([
    ['assets', 3],
    ['models', 4],
  ])('also those of %s in a collection: %i calls', async (kind, calls) => {
    const door = await openFrontDoor(membersOf(kind), CACHED);
    const ids: unknown[] = [];
    for (let after: unknown = null; ; ) {
      const { body } = await door.query(
        `query ($after: String) { collection(id: "col_1") {
           list: ${kind}(first: 24, after: $after) { nodes { scenarioId } pageInfo { hasNextPage endCursor } } } }`,
        { after },
      );
      const list = dig(body.data, 'collection', 'list');
      ids.push(...[dig(list, 'nodes')].flat());
      if (dig(list, 'pageInfo', 'hasNextPage') === false) break;
      after = dig(list, 'pageInfo', 'endCursor');
    }
    expect(new Set(ids.map((node) => dig(node, 'scenarioId'))).size).toBe(237);
    const lists = door.upstream.requests.filter(({ path }) => path === `/v1/${kind}`);
    expect(lists).toHaveLength(calls);
  });
});

test('without it a page is as large as the slice', async () => {
  const { query, sizes } = await openList({});
  await walkToEnd(query, 24);
  expect(sizes()).toEqual(Array.from({ length: 10 }, () => '24'));
});

describe('the cursor of every edge that was cut from a larger page', () => {
  test('resumes behind it, with the page in memory, with nothing in memory, and with the cache off', async () => {
    const { query, upstream } = await openList();
    const { slices } = await walkToEnd(query, 24);
    await using fresh = await startGateway(upstream.url, CACHED);
    await using plain = await startGateway(upstream.url);
    // The slice that lies over the end of a page, and the last.
    const edges = slices.flatMap((slice) => slice.edges);
    for (const index of [0, 1, 23, 95, 98, 99, 100, 119, 199, 235, 236]) {
      const cursor = edges[index]?.cursor;
      const expected = ALL.slice(index + 1, index + 25);
      for (const gateway of [{ query }, fresh, plain]) {
        expect(await rowsBehind(gateway.query, cursor)).toEqual(expected);
      }
    }
  });

  test('costs at most one call more than the rows behind it fill, where nothing is in memory', async () => {
    const { query, upstream } = await openList();
    const { slices } = await walkToEnd(query, 24);
    await using plain = await startGateway(upstream.url);
    for (const { edges } of slices.slice(0, -1)) {
      const before = upstream.requests.length;
      await rowsBehind(plain.query, edges.at(-1)?.cursor);
      expect(upstream.requests.length - before).toBeLessThanOrEqual(2);
    }
  });

  test('resumes behind it after rows were inserted and deleted, by somebody else or by a write of the gateway', async () => {
    const { query, list } = await openList();
    const first = await readSlice(query, { first: 24 });
    list.ids.unshift('new_1', 'new_2');
    list.ids.splice(list.ids.indexOf('col_3'), 2);
    await query(RENAME);
    for (const [index, { cursor }] of first.edges.entries()) {
      const rest = list.ids.filter((id) => !id.startsWith('new_') && ALL.indexOf(id) > index);
      expect(await rowsBehind(query, cursor, 300)).toEqual(rest);
    }
  });
});

test('a cursor of a smaller page, made with the cache off, goes on with it on', async () => {
  const { query, upstream } = await openList();
  await using plain = await startGateway(upstream.url);
  const { edges } = await readSlice(plain.query, { first: 24 });
  for (const [index, { cursor }] of edges.entries())
    expect(await rowsBehind(query, cursor, 50)).toEqual(ALL.slice(index + 1, index + 51));
});

/** 237 members of a collection; of models, 120 of them are public. */
function membersOf(kind: string): Answer {
  const assets = new OffsetList(Array.from(ALL, (_, index) => `asset_${index}`));
  const models = { private: 117, public: 120 };
  const lists = Object.entries(models).map(
    ([privacy, count]) =>
      [
        privacy,
        new OffsetList(Array.from({ length: count }, (_, index) => `model_${privacy}_${index}`)),
      ] as const,
  );
  const modelLists = new Map(lists);
  return (request: ReceivedRequest) => {
    const { path, query } = request;
    if (path !== `/v1/${kind}`) return json({ collection: wireCollection() });
    const privacy = query.get('privacy') ?? '';
    const list = modelLists.get(privacy) ?? assets;
    const { ids, nextToken } = list.page(query.get('paginationToken'), Number(query.get('pageSize')));
    const rows = ids.map((id) => (kind === 'assets' ? wireAsset({ id }) : wireModel({ id, privacy })));
    return json({ [kind]: rows, nextPaginationToken: nextToken });
  };
}
