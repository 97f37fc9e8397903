import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { KeyBudget } from '../../src/cache/key-budget.ts';
import { MemoryBudget } from '../../src/cache/memory-budget.ts';
import { Sightings } from '../../src/cache/sightings.ts';
import { TimedCache } from '../../src/cache/timed-cache.ts';
import { LocalWriteEpoch } from '../../src/cache/write-epoch.ts';
import { codesOf, openFrontDoor } from '../support/front-door.ts';
import type { ReceivedRequest } from '../support/received-request.ts';
import { type Answer, json, type Reply } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';
import { wireAsset, wireModel } from '../support/wire-members.ts';

const CACHED = { CACHE_TTL_MS: '600000' };
const LIST = '{ collections(first: 5) { nodes { scenarioId name } } }';
const READ = '{ collection(id: "col_1") { name thumbnail { url } } }';
const RENAME =
  'mutation ($name: String!) { updateCollection(input: { id: "col_1", name: $name }) { __typename } }';

interface Shelf {
  name: string;
  thumbnail?: unknown;
}

/** A service with the collections 1 to 3, of which the first is on the shelf, and what they hold. */
function service(shelf: Shelf): Answer {
  const collections = () => [wireCollection({ id: 'col_1', ...shelf }), ...['col_2', 'col_3'].map(plain)];
  return (request) => {
    const { method, path } = request;
    if (method === 'PUT') shelf.name = JSON.parse(request.body).name;
    if (path === '/v1/collections') return json({ collections: collections() });
    if (path.startsWith('/v1/collections/')) return one(collections(), path.split('/')[3]);
    return members(request);
  };
}

const plain = (id: string) => wireCollection({ id });

function one(collections: ReadonlyArray<Record<string, unknown>>, id: string | undefined): Reply {
  const collection = collections.find((each) => each['id'] === id);
  return collection ? json({ collection }) : json({}, 404);
}

function members({ path, body, query }: ReceivedRequest): Reply {
  const [, , kind = '', action] = path.split('/');
  const toWire = kind === 'assets' ? wireAsset : wireModel;
  const ids = action === 'get-bulk' ? Object.values(JSON.parse(body)).flat() : [`${kind}_1`, `${kind}_2`];
  const isPublic = query.get('privacy') === 'public';
  return json({
    [kind]: isPublic ? [] : ids.map((id) => toWire({ id: String(id), collectionIds: ['col_1'] })),
  });
}

async function openService(env: Record<string, string> = CACHED, shelf: Shelf = { name: 'old' }) {
  const door = await openFrontDoor(service(shelf), env);
  return { ...door, shelf };
}

describe('with CACHE_TTL_MS, what is read by its id is found in', () => {
  test('a list of collections that was just read, by whatever field', async () => {
    const { query, wire } = await openService();
    await query(LIST);
    const { text } = await query(
      '{ collection(id: "col_1") { name } nodes(ids: ["Q29sbGVjdGlvbjpjb2xfMg==", "Q29sbGVjdGlvbjpjb2xfMw=="]) { id } }',
    );
    expect(text).toBe(
      '{"data":{"collection":{"name":"old"},"nodes":[{"id":"Q29sbGVjdGlvbjpjb2xfMg=="},{"id":"Q29sbGVjdGlvbjpjb2xfMw=="}]}}',
    );
    expect(wire()).toEqual(['GET /v1/collections?pageSize=100']);
  });

  test.each([
    ['assets', 'asset(id: "assets_2") { scenarioId }', 'containsAssets(assetIds: ["assets_1", "assets_2"])'],
    ['models', 'model(id: "models_2") { scenarioId }', 'containsModels(modelIds: ["models_1", "models_2"])'],
  ])('a list of %s in a collection', async (kind, field, membership) => {
    const { query, wire } = await openService();
    await query(`{ collection(id: "col_1") { ${kind}(first: 2) { nodes { scenarioId } } } }`);
    const before = wire().length;
    const { text } = await query(`{ item: ${field} collection(id: "col_1") { ${membership} } }`);
    expect(text).toContain(`{"item":{"scenarioId":"${kind}_2"},"collection":{"contains`);
    expect(text).toContain('[true,true]');
    expect(wire()).toHaveLength(before);
  });

  test('a bulk read, which asks for no more than was not seen', async () => {
    const { query, wire } = await openService();
    await query('{ assets(first: 2) { nodes { id } } }');
    await query('{ asset(id: "other_1") { id } }');
    const { text } = await query(
      '{ a: asset(id: "assets_1") { scenarioId } b: asset(id: "other_1") { scenarioId } c: asset(id: "other_2") { scenarioId } }',
    );
    expect(text).toBe(
      '{"data":{"a":{"scenarioId":"assets_1"},"b":{"scenarioId":"other_1"},"c":{"scenarioId":"other_2"}}}',
    );
    expect(wire().slice(1)).toEqual([
      'POST /v1/assets/get-bulk {"assetIds":["other_1"]}',
      'POST /v1/assets/get-bulk {"assetIds":["other_2"]}',
    ]);
  });
});

describe('what is read by its id is asked for', () => {
  test('with the cache off', async () => {
    const { query, wire } = await openService({});
    await query(LIST);
    await query(READ);
    expect(wire()).toHaveLength(2);
  });

  test("after the gateway's own write, whatever it wrote", async () => {
    const { query, wire } = await openService();
    for (const name of ['one', 'two']) {
      await query(LIST);
      await query(RENAME, { name });
      expect((await query(READ)).text).toContain(`"name":"${name}"`);
    }
    expect(wire().filter((line) => line.startsWith('GET /v1/collections/'))).toHaveLength(2);
  });

  test('once the list has grown older than the limit', async () => {
    const { query, wire } = await openService({ CACHE_TTL_MS: '300' });
    await query(LIST);
    await delay(500);
    await query(READ);
    expect(wire()).toHaveLength(2);
  });

  test('where the list shows it only in part', async () => {
    const { query, shelf } = await openService(CACHED, { name: 'old', thumbnail: { url: 'no url' } });
    expect((await query(LIST)).body.errors).toBeUndefined();
    delete shelf.thumbnail;
    const { body } = await query(READ);
    expect(body).toEqual({ data: { collection: { name: 'old', thumbnail: { url: expect.any(String) } } } });
  });
});

describe('while the upstream is down', () => {
  const STALE = { STALE_IF_ERROR_MS: '600000' };
  const ASSETS = '{ assets(first: 2) { nodes { id } } }';
  const ASSET = '{ asset(id: "assets_1") { scenarioId } }';

  test.each([
    [LIST, READ],
    [ASSETS, ASSET],
  ])('a list stands in for a single read: %s', async (list, read) => {
    const { query, upstream } = await openService(STALE);
    await query(list);
    upstream.answer = () => json({}, 500);
    const { text } = await query(read);
    expect(text).toContain('"stale":{"ageMs":');
    expect(text).not.toContain('errors');
  });

  const BOTH = '{ asset(id: "assets_1") { id } other: asset(id: "assets_2") { id } }';

  test.each([
    [LIST, READ, READ, json({}, 404)],
    [ASSETS, ASSET, BOTH, json({ assets: [] })],
  ])('it does not bring back what the upstream has said to be gone: %s', async (list, read, again, gone) => {
    const { query, upstream } = await openService(STALE);
    await query(list);
    upstream.answer = () => gone;
    expect(Object.values((await query(read)).body.data ?? {})).toEqual([null]);
    upstream.answer = () => json({}, 500);
    expect(codesOf(await query(again))).toContain('UPSTREAM_UNAVAILABLE');
  });
});

test('what gives way in memory is not found any more', () => {
  const epoch = new LocalWriteEpoch(0);
  const budget = new MemoryBudget(10_000);
  const memory = {
    epoch,
    ttlMs: 60_000,
    staleMs: 0,
    store: null,
    budget,
    inFlightKeys: new KeyBudget(1_000),
  };
  const seen = new Sightings<{ id: string }>(memory, () => true);
  const pages = new TimedCache(epoch, 60_000, budget, seen);
  const isSeen = (id: string) => seen.of(id).find(epoch.current()) !== null;
  pages.set('1', epoch.current(), { rows: [{ id: 'a' }, { id: 'b' }] }, 0);
  pages.set('2', epoch.current(), { rows: [{ id: 'b' }] }, 0);
  expect(['a', 'b'].map(isSeen)).toEqual([true, true]);
  pages.delete('1');
  expect(['a', 'b'].map(isSeen)).toEqual([false, true]);
  pages.set('large', epoch.current(), { rows: [{ id: 'c'.repeat(20_000) }] }, 0);
  expect(isSeen('c'.repeat(20_000))).toBe(false);
  for (let page = 3; page < 100; page += 1)
    pages.set(String(page), epoch.current(), { rows: [{ id: `x${page}`.repeat(100) }] }, 0);
  expect(isSeen('b')).toBe(false);
});
