import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { FaultsInput } from '../../src/sandbox/faults.ts';
import { errorAnswer } from './reference-shapes.ts';
import { openSandbox } from './sandbox-client.ts';
import { found, modelHit, search } from './search-client.ts';

describe('a search', () => {
  test('finds what has each word in its name, prompt, description or tags, newest first', async () => {
    const client = await openSandbox();
    const { hits } = await search(client, { query: 'Dragon EMERALD', limit: 100 });
    expect(hits.length).toBeGreaterThan(2);
    const dates = hits.map(({ createdAt }) => createdAt);
    expect(dates).toEqual(dates.toSorted().toReversed());
    expect(hits.every((hit) => /emerald dragon/.test(String(hit.metadata['prompt'])))).toBe(true);
    expect((await search(client, { query: 'dragon qwerty' })).hits).toEqual([]);
  });

  test('comes by offset with an estimate, which the URL’s offset moves, or by page with the total', async () => {
    const client = await openSandbox();
    const filter = 'kind = image';
    const all = await search(client, { filter, limit: 100, offset: 0 });
    expect(all).toMatchObject({ limit: 100, offset: 0, estimatedTotalHits: expect.any(Number) });
    const total = all.estimatedTotalHits ?? 0;
    expect(total).toBeGreaterThan(150);
    expect((await search(client, { filter })).hits).toEqual(all.hits.slice(0, 20));
    const second = await search(client, { filter, limit: 20, offset: 20 });
    expect(second.hits).toEqual(all.hits.slice(20, 40));
    expect(await search(client, { filter, limit: 20, offset: 0 }, '?offset=20')).toEqual(second);
    const page = await search(client, { filter, page: 2, hitsPerPage: 20 });
    expect(page).toEqual({
      hits: second.hits,
      limit: 20,
      offset: 20,
      page: 2,
      hitsPerPage: 20,
      totalHits: total,
      totalPages: Math.ceil(total / 20),
    });
    expect((await search(client, { filter, limit: 20, offset: total })).hits).toEqual([]);
  });

  test('sorts by dates and measures', async () => {
    const client = await openSandbox();
    const { hits } = await search(client, { filter: 'kind = image', sortBy: ['width:desc'], limit: 100 });
    const widths = hits.map(({ metadata }) => metadata.width ?? 0);
    expect(widths).toEqual(widths.toSorted((a, b) => b - a));
    const oldest = await search(client, { filter: 'kind = image', sortBy: ['createdAt:asc'], limit: 100 });
    const dates = oldest.hits.map(({ createdAt }) => createdAt);
    expect(dates).toEqual(dates.toSorted());
  });

  test('is of one’s own things, or of what is public', async () => {
    const client = await openSandbox();
    const mine = await search(client, { filter: 'kind != none', limit: 1 });
    expect(mine.estimatedTotalHits).toBe(240);
    const shared = await search(client, { filter: 'kind != none', limit: 100, public: true });
    expect(shared.hits.every(({ privacy }) => privacy === 'public')).toBe(true);
    expect(new Set(shared.hits.map(({ ownerId }) => ownerId)).size).toBe(2);
  });

  test('of models tells neither status nor training', async () => {
    const client = await openSandbox();
    const { body } = await client.call('POST', '/search/models', { body: { query: 'pixel', public: true } });
    const { hits } = z.object({ hits: z.array(modelHit) }).parse(body);
    expect(hits.map(({ name }) => name)).toContain('Pixel Tactics 2.0');
    const own = await client.call('POST', '/search/models', { body: { filter: 'privacy = private' } });
    expect(z.object({ hits: z.array(modelHit) }).parse(own.body).hits).toHaveLength(20);
  });
});

describe('searches are refused', () => {
  test.each([
    [{}, 'Must provide at least one search parameter'],
    [{ query: '', limit: 5 }, 'Must provide at least one search parameter'],
    [{ query: 'x', limit: 101 }, 'Limit exceeds maximum (100)'],
    [{ query: 'x', page: 1, hitsPerPage: 101 }, 'Limit exceeds maximum (100)'],
    [{ query: 'x', sortBy: ['score:desc'] }, 'Invalid sort field'],
    [{ query: 'x', limit: 10, page: 2 }, 'cannot be used together'],
    [{ query: 'x', limit: 0 }, 'limit'],
    [{ query: 'x', page: 0 }, 'page'],
    [{ query: 7 }, 'query'],
    [{ image: 'asset_1' }, 'by image'],
  ])('for %j', async (body, reason) => {
    const client = await openSandbox();
    const refused = await client.call('POST', '/search/assets', { body });
    expect(refused.status).toBe(400);
    expect(errorAnswer.parse(refused.body).reason).toContain(reason);
  });

  test('when their own quota is used up, in their own form', async () => {
    const client = await openSandbox({ faults: { search: { quota: 2 } } });
    const statuses = [];
    for (let call = 0; call < 3; call += 1) {
      statuses.push((await client.call('POST', '/search/models', { body: { query: 'x' } })).status);
    }
    expect(statuses).toEqual([200, 200, 429]);
    const { body } = await client.call('POST', '/search/assets', { body: { query: 'x' } });
    expect(body).toEqual({ error: 'Quota exceeded for search', code: 'QUOTA_EXCEEDED' });
    expect((await client.call('GET', '/assets')).status).toBe(200);
  });
});

describe('the index of the search', () => {
  const lagging: FaultsInput = { search: { lagMs: 600_000 } };

  test('learns late that members were added, removed, or lost with their collection', async () => {
    const client = await openSandbox({ seedCount: 2, seedAssets: 2, seedModels: 0 });
    const [target, doomed] = (await client.list()).collections.map(({ id }) => id);
    if (target === undefined || doomed === undefined) throw new Error('two collections were asked for');
    const filter = `collectionIds = "${target}"`;
    const before = await found(client, filter);
    const [first = ''] = before;
    await client.setFaults(lagging);
    await client.call('PUT', `/collections/${target}/assets`, { body: { assetIds: ['asset_1'] } });
    await client.call('DELETE', `/collections/${target}/assets`, { body: { assetIds: [first] } });
    await client.call('DELETE', `/collections/${doomed}`);
    expect(await found(client, filter)).toEqual(before);
    const lost = await search(client, { filter: `collectionIds = "${doomed}"` });
    expect(lost.hits.map(({ collectionIds }) => collectionIds)).toEqual([[doomed], [doomed]]);

    await client.setFaults({});
    expect(new Set(await found(client, filter))).toEqual(new Set([...before.slice(1), 'asset_1']));
    expect(await found(client, `collectionIds = "${doomed}"`)).toEqual([]);
  });

  test('knows what began to exist, and in the end no longer what was deleted', async () => {
    const client = await openSandbox({ faults: { membership: { unknownIds: 'accept' } } });
    const { id } = await client.create();
    const [doomed] = (await search(client, { filter: 'kind = audio', limit: 1 })).hits;
    const before = await found(client, 'kind = audio');
    await client.call('DELETE', '/assets', { body: { assetIds: [doomed?.id] } });
    await client.setFaults(lagging);
    expect(await found(client, 'kind = audio')).toEqual(before);
    await client.setFaults({ membership: { unknownIds: 'accept' } });
    expect(await found(client, 'kind = audio')).not.toContain(doomed?.id);
    await client.call('PUT', `/collections/${id}/assets`, { body: { assetIds: ['asset_new'] } });
    expect(await found(client, `collectionIds = ${id}`)).toEqual(['asset_new']);
  });

  test('can think that there are more hits than come', async () => {
    const client = await openSandbox({ faults: { search: { excess: 40 } } });
    const { hits, estimatedTotalHits } = await search(client, { filter: 'kind = audio', limit: 100 });
    expect(estimatedTotalHits).toBe(hits.length + 40);
  });
});
