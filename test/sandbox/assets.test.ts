import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { assetsOf, idsOf, walk } from './library-client.ts';
import { asset, type WireAsset } from './library-shapes.ts';
import { errorAnswer } from './reference-shapes.ts';
import { openSandbox, type SandboxClient } from './sandbox-client.ts';

const firstCollection = async (client: SandboxClient) => {
  const [collection] = (await client.list()).collections;
  if (collection === undefined) throw new Error('the sandbox should hold a collection');
  return collection;
};

const typesOf = (rows: readonly WireAsset[]) => new Set(rows.map(({ metadata }) => metadata.type));

describe('the assets of a collection', () => {
  test.each([0, 1, 49, 50, 99, 100, 101, 237, 500])(
    'are as many as its count says (%i), each once, in pages of any size',
    async (seedAssets) => {
      const client = await openSandbox({ seedCount: 1, seedAssets, seedModels: 0 });
      const { id, assetCount, itemCount } = await firstCollection(client);
      expect({ assetCount, itemCount }).toEqual({ assetCount: seedAssets, itemCount: seedAssets });
      const all = await walk(assetsOf, client, { collectionId: id, pageSize: '100' });
      expect(new Set(idsOf(all)).size).toBe(seedAssets);
      expect(all.every(({ collectionIds }) => collectionIds.includes(id))).toBe(true);
      const inFifties = await walk(assetsOf, client, { collectionId: id });
      expect(idsOf(inFifties)).toEqual(idsOf(all));
    },
  );

  test('of every seeded collection are as many as its count says', async () => {
    const client = await openSandbox({ seedCount: 30 });
    const { collections } = await client.list('?pageSize=100');
    for (const { id, assetCount } of collections) {
      const rows = await walk(assetsOf, client, { collectionId: id, pageSize: '100' });
      expect([id, new Set(idsOf(rows)).size]).toEqual([id, assetCount]);
    }
    const all = await walk(assetsOf, client, { pageSize: '100' });
    expect(all.some(({ collectionIds }) => collectionIds.length > 1)).toBe(true);
    expect(all.filter(({ collectionIds }) => collectionIds.length === 0).length).toBeGreaterThan(200);
  });

  test('follow its edits, and those of others do not', async () => {
    const client = await openSandbox({ seedCount: 2, seedAssets: 3 });
    const { id } = await client.create();
    await client.call('PUT', `/collections/${id}/assets`, { body: { assetIds: ['asset_1', 'asset_2'] } });
    await client.call('DELETE', `/collections/${id}/assets`, { body: { assetIds: ['asset_1'] } });
    const { rows } = await assetsOf(client, { collectionId: id });
    expect(rows.map((row) => [row.id, row.collectionIds])).toEqual([['asset_2', [id]]]);
    await client.call('DELETE', `/collections/${id}`);
    const { body } = await client.call('GET', '/assets/asset_2');
    expect(body).toMatchObject({ asset: { id: 'asset_2', collectionIds: [] } });
  });
});

describe('an asset that is deleted', () => {
  test('is gone from its collections and from the pages that follow', async () => {
    const client = await openSandbox({ seedCount: 1, seedAssets: 60, seedModels: 0 });
    const { id } = await firstCollection(client);
    const query = { collectionId: id, sortBy: 'createdAt', pageSize: '20' };
    const all = idsOf(await walk(assetsOf, client, query));
    const first = await assetsOf(client, query);
    const doomed = all.slice(10, 12);
    const { status, body } = await client.call('DELETE', '/assets', { body: { assetIds: doomed } });
    expect([status, body]).toEqual([200, {}]);
    expect((await client.get(id)).assetCount).toBe(58);
    expect((await client.call('GET', `/assets/${doomed[0]}`)).status).toBe(404);
    const next = await assetsOf(client, { ...query, paginationToken: first.token ?? '' });
    expect(idsOf(next.rows)).toEqual(all.slice(22, 42));
    expect((await client.call('DELETE', '/assets', { body: { assetIds: doomed } })).status).toBe(404);
  });
});

describe('the list of assets', () => {
  test('holds 50 rows of one’s own unless asked otherwise', async () => {
    const client = await openSandbox();
    const { rows, token } = await assetsOf(client, {});
    expect([rows.length, typeof token]).toEqual([50, 'string']);
    const mine = await walk(assetsOf, client, { pageSize: '100' });
    expect(mine).toHaveLength(240);
    const shared = await walk(assetsOf, client, { privacy: 'public' });
    expect(shared.every(({ privacy }) => privacy === 'public')).toBe(true);
    expect(new Set(shared.map(({ ownerId }) => ownerId)).size).toBe(2);
  });

  test('looks unsorted without sortBy, and can be switched to newest first', async () => {
    const client = await openSandbox();
    const dates = async () => (await assetsOf(client, {})).rows.map(({ createdAt }) => createdAt);
    const unsorted = await dates();
    expect(unsorted).not.toEqual(unsorted.toSorted());
    expect(unsorted).not.toEqual(unsorted.toSorted().toReversed());
    await client.setFaults({ list: { defaultOrder: 'newest' } });
    const newest = await dates();
    expect(newest).toEqual(newest.toSorted().toReversed());
  });

  test.each(['createdAt', 'updatedAt'] as const)(
    'sorts by %s both ways, in bounds that exclude',
    async (sortBy) => {
      const client = await openSandbox();
      const ascending = await walk(assetsOf, client, { sortBy, sortDirection: 'asc', pageSize: '100' });
      const dates = ascending.map((row) => row[sortBy]);
      expect(dates).toEqual(dates.toSorted());
      const descending = await walk(assetsOf, client, { sortBy, sortDirection: 'desc', pageSize: '100' });
      expect(idsOf(descending)).toEqual(idsOf(ascending).toReversed());
      const [after = '', before = ''] = [dates[10], dates[14]];
      const name = sortBy.replace('At', '');
      const { rows } = await assetsOf(client, { sortBy, [`${name}After`]: after, [`${name}Before`]: before });
      expect(idsOf(rows).toReversed()).toEqual(idsOf(ascending.slice(11, 14)));
    },
  );

  test('filters by type, one or several, comma-joined or repeated', async () => {
    const client = await openSandbox();
    const uploaded = await assetsOf(client, { type: 'uploaded' });
    expect(typesOf(uploaded.rows)).toEqual(new Set(['uploaded']));
    const both = await assetsOf(client, { types: 'uploaded,upscale', pageSize: '100' });
    expect(typesOf(both.rows)).toEqual(new Set(['uploaded', 'upscale']));
    const repeated = await client.call('GET', '/assets?types=uploaded&types=upscale&pageSize=100');
    expect(repeated.body).toEqual({ assets: both.rows });
    expect((await assetsOf(client, { types: '' })).rows).toHaveLength(50);
  });

  test.each([
    'pageSize=0',
    'pageSize=101',
    'paginationToken=nonsense',
    'sortBy=name',
    'sortDirection=asc',
    'sortBy=createdAt&sortDirection=up',
    'createdAfter=2025-01-01T00:00:00Z',
    'sortBy=updatedAt&createdBefore=2025-01-01T00:00:00Z',
    'sortBy=createdAt&updatedAfter=2025-01-01T00:00:00Z',
    'sortBy=createdAt&createdAfter=yesterday',
    'type=uploaded&types=uploaded',
    'privacy=secret',
    'tags=hero',
  ])('refuses %s with 400', async (query) => {
    const client = await openSandbox();
    const { status, body } = await client.call('GET', `/assets?${query}`);
    expect(status).toBe(400);
    errorAnswer.parse(body);
  });

  test.each([
    ['empty', 200],
    ['403', 403],
    ['404', 404],
  ] as const)('of a collection that does not exist can be told as %s', async (unknownCollection, status) => {
    const client = await openSandbox({ faults: { list: { unknownCollection } } });
    const answer = await client.call('GET', '/assets?collectionId=col_absent');
    expect(answer.status).toBe(status);
    expect(status === 200 ? answer.body : undefined).toEqual(status === 200 ? { assets: [] } : undefined);
  });

  test('takes every form of the end, short pages and repeated rows', async () => {
    const client = await openSandbox({ seedCount: 1, seedAssets: 60 });
    const query = { collectionId: (await firstCollection(client)).id, pageSize: '20' };
    const all = idsOf(await walk(assetsOf, client, query));
    for (const endOfList of ['absent', 'null', 'empty', 'same-token', 'empty-page'] as const) {
      await client.setFaults({ list: { endOfList } });
      expect(idsOf(await walk(assetsOf, client, query))).toEqual(all);
    }
    await client.setFaults({ list: { shortBy: 3, repeatRows: true } });
    expect([...new Set(idsOf(await walk(assetsOf, client, query)))]).toEqual(all);
  });
});

describe('one asset, many assets', () => {
  test('one is found by its id; one of somebody else is a 403 unless it is public', async () => {
    const client = await openSandbox();
    const one = z.strictObject({ asset });
    expect(one.parse((await client.call('GET', '/assets/asset_3')).body).asset.id).toBe('asset_3');
    expect(one.parse((await client.call('GET', '/assets/asset_public_3')).body).asset.privacy).toBe('public');
    expect((await client.call('GET', '/assets/asset_nowhere')).status).toBe(404);
    expect((await client.call('GET', '/assets/asset_foreign_1')).status).toBe(403);
  });

  test('many come each once in another order, without those that are missing or of others', async () => {
    const client = await openSandbox();
    const asked = Array.from({ length: 40 }, (_, index) => `asset_${index}`);
    const assetIds = [...asked, 'asset_3', 'asset_nowhere', 'asset_foreign_1', 'no id at all'];
    const { body } = await client.call('POST', '/assets/get-bulk', { body: { assetIds } });
    const found = z.strictObject({ assets: z.array(asset) }).parse(body).assets;
    expect(idsOf(found)).not.toEqual(asked);
    expect(new Set(idsOf(found))).toEqual(new Set(asked));
    expect(found).toHaveLength(40);
    expect((await client.call('GET', `/assets/${found[7]?.id}`)).body).toEqual({ asset: found[7] });
  });

  test('the order and the gaps can be switched', async () => {
    const faults = { bulk: { order: 'asked', missing: '404' } } as const;
    const client = await openSandbox({ faults });
    const assetIds = ['asset_9', 'asset_1', 'asset_5'];
    const { body } = await client.call('POST', '/assets/get-bulk', { body: { assetIds } });
    expect(body).toMatchObject({ assets: assetIds.map((id) => ({ id })) });
    const gap = await client.call('POST', '/assets/get-bulk', { body: { assetIds: ['asset_nowhere'] } });
    expect(gap.status).toBe(404);
  });

  test('200 ids are read and 201 refused', async () => {
    const client = await openSandbox();
    const read = (count: number) => {
      const assetIds = Array.from({ length: count }, (_, index) => `asset_${index}`);
      return client.call('POST', '/assets/get-bulk', { body: { assetIds } });
    };
    expect((await read(200)).body).toMatchObject({ assets: expect.objectContaining({ length: 200 }) });
    expect((await read(201)).status).toBe(400);
  });
});
