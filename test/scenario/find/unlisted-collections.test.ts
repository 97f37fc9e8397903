import { expect, test } from 'vitest';
import { CollectionShelf } from '../../support/collection-shelf.ts';
import { dig } from '../../support/dig.ts';
import { codesOf } from '../../support/front-door.ts';
import { type Answer, json } from '../../support/scripted-upstream.ts';
import { wireAsset } from '../../support/wire-members.ts';
import { openShelf, writes } from './front-door.ts';

const NAMED = '{ asset(id: "asset_1") { collectionIds collections { scenarioId } } }';

/** A shelf with an asset that is in these collections, some of which the upstream answers otherwise. */
async function openNaming(shelf: CollectionShelf, collectionIds: readonly string[], others = () => ({})) {
  const answer =
    (honest: Answer): Answer =>
    (request) => {
      if (request.path.endsWith('/get-bulk')) return json({ assets: [wireAsset({ collectionIds })] });
      const other: unknown = dig(others(), request.path.split('/').at(-1) ?? '');
      return typeof other === 'number' ? json({ reason: 'No.' }, other) : honest(request);
    };
  const door = await openShelf(shelf, {}, answer);
  const named = async () => {
    const before = door.wire().length;
    const response = await door.query(NAMED);
    const collections: unknown = dig(response.body.data, 'asset', 'collections');
    const ids = Array.isArray(collections) ? collections.map((each) => dig(each, 'scenarioId')) : collections;
    const paths = door.upstream.requests.slice(before).map(({ path }) => path.replace('/v1', ''));
    return { ids, codes: codesOf(response), paths: paths.filter((path) => path !== '/assets/get-bulk') };
  };
  return { ...door, named };
}

test('a collection that was made elsewhere since the walk is named, for one call, once', async () => {
  const shelf = CollectionShelf.of(2);
  const { query, named, find } = await openNaming(shelf, ['col_1', 'col_3', 'col_2']);
  await query('{ collections { totalCount } }');
  shelf.put({ name: 'Behind' });
  expect(await named()).toEqual({
    ids: ['col_1', 'col_3', 'col_2'],
    codes: [],
    paths: ['/collections/col_3'],
  });
  expect(await named()).toEqual({ ids: ['col_1', 'col_3', 'col_2'], codes: [], paths: [] });
  expect(await find({ filter: { name: 'behind' } })).toMatchObject({ ids: ['col_3'], totalCount: 1 });
});

test.each([404, 403])(
  'one that is gone, or of others (%i), is left out and asked for once',
  async (status) => {
    const { named } = await openNaming(CollectionShelf.of(1), ['col_9', 'col_1'], () => ({ col_9: status }));
    expect(await named()).toEqual({
      ids: ['col_1'],
      codes: [],
      paths: ['/collections', '/collections/col_9'],
    });
    expect(await named()).toEqual({ ids: ['col_1'], codes: [], paths: [] });
  },
);

test('one that cannot be read is never left out of what looks whole', async () => {
  const states: Record<string, number> = { col_9: 501 };
  const { named } = await openNaming(CollectionShelf.of(1), ['col_9', 'col_1'], () => states);
  expect(await named()).toMatchObject({ ids: null, codes: ['UPSTREAM_UNAVAILABLE'] });
  states['col_9'] = 404;
  expect(await named()).toMatchObject({ ids: ['col_1'], codes: [] });
});

test('one that was deleted through the gateway is not asked for, though the asset still names it', async () => {
  const { named, query, gateway } = await openNaming(CollectionShelf.of(2), ['col_1', 'col_2']);
  await query('{ collections { totalCount } }');
  await writes(gateway).remove('col_1');
  expect(await named()).toEqual({ ids: ['col_2'], codes: [], paths: [] });
});

test('no more are named than are planned, and an error says so', async () => {
  const shelf = CollectionShelf.of(21);
  const ids = shelf.collections.map(({ id }) => id);
  const { named, query } = await openNaming(shelf, ids);
  expect(await named()).toMatchObject({ ids: ids.slice(0, 20), codes: ['LIMIT_EXCEEDED'] });
  const nested = '{ asset(id: "asset_1") { collections { assets(first: 1) { nodes { id } } } } }';
  const { body } = await query(nested, {}, { headers: { 'x-show-cost': '1' } });
  expect(dig(body, 'extensions', 'cost', 'planned')).toBe(22);
});

test.each(['read', 'deletion', 'rename'])(
  'a collection that a %s finds gone is not found any more',
  async (how) => {
    const shelf = CollectionShelf.of(3);
    const { query, gateway, find, lists } = await openShelf(shelf);
    expect(await find({})).toMatchObject({ totalCount: 3 });
    shelf.take('col_2');
    if (how === 'read') await query('{ collection(id: "col_2") { name } }');
    else if (how === 'rename') await writes(gateway).rename('col_2', 'New');
    else await writes(gateway).remove('col_2');
    expect(await find({})).toMatchObject({ ids: ['col_1', 'col_3'], totalCount: 2 });
    expect(lists()).toBe(1);
  },
);
