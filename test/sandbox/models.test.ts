import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { idsOf, modelsOf, walk } from './library-client.ts';
import { model } from './library-shapes.ts';
import { errorAnswer } from './reference-shapes.ts';
import { ids, openSandbox } from './sandbox-client.ts';

describe('the models of a collection', () => {
  test.each([0, 1, 49, 50, 101, 237, 500])(
    'are a private and a public list, together as many as its count says (%i)',
    async (seedModels) => {
      const client = await openSandbox({ seedCount: 1, seedAssets: 0, seedModels });
      const [collection] = (await client.list()).collections;
      const id = collection?.id ?? '';
      const own = await walk(modelsOf, client, { collectionId: id });
      const shared = await walk(modelsOf, client, { privacy: 'public', collectionIds: id });
      expect(own.every(({ privacy }) => privacy === 'private')).toBe(true);
      expect(shared.every(({ privacy }) => privacy === 'public')).toBe(true);
      expect(shared.length).toBe(Math.min(Math.floor(seedModels / 3), 120));
      expect(new Set(idsOf([...own, ...shared])).size).toBe(seedModels);
      expect(collection).toMatchObject({ modelCount: seedModels, itemCount: seedModels });
    },
  );
});

describe('the list of models', () => {
  test('holds 100 private rows unless asked otherwise, newest first, and 500 at most', async () => {
    const client = await openSandbox({ seedCount: 1, seedAssets: 0, seedModels: 500 });
    const { rows } = await modelsOf(client, {});
    expect(rows).toHaveLength(100);
    const dates = rows.map(({ createdAt }) => createdAt);
    expect(dates).toEqual(dates.toSorted().toReversed());
    expect((await modelsOf(client, { pageSize: '500' })).rows).toHaveLength(440);
    expect((await modelsOf(client, { privacy: 'public', pageSize: '500' })).rows).toHaveLength(120);
  });

  test.each([
    'pageSize=501',
    'pageSize=0',
    'privacy=unlisted',
    'sortDirection=asc',
    'sortBy=score&privacy=public&sortDirection=asc',
    'sortBy=score',
    'sortBy=updatedAt',
    'createdAfter=2025-01-01T00:00:00Z',
    'type=custom',
    'types=custom',
    'collectionIds=col_x',
    'privacy=public&collectionId=col_x',
  ])('refuses %s with 400', async (query) => {
    const client = await openSandbox();
    const { status, body } = await client.call('GET', `/models?${query}`);
    expect(status).toBe(400);
    errorAnswer.parse(body);
  });

  test('can pass over what is for models of another privacy', async () => {
    const client = await openSandbox({ faults: { list: { inapplicable: 'ignored' } } });
    const everybody = await modelsOf(client, { privacy: 'public', collectionId: 'col_absent' });
    expect(everybody.rows).toHaveLength(100);
    expect((await modelsOf(client, { collectionIds: 'col_absent', type: 'none' })).rows).toHaveLength(60);
  });

  test('sorts and bounds public models by their last change', async () => {
    const client = await openSandbox();
    const query = { privacy: 'public', sortBy: 'updatedAt', sortDirection: 'asc', pageSize: '500' };
    const { rows } = await modelsOf(client, query);
    const dates = rows.map(({ updatedAt }) => updatedAt);
    expect(dates).toEqual(dates.toSorted());
    const later = await modelsOf(client, { ...query, updatedAfter: dates[100] ?? '' });
    expect(idsOf(later.rows)).toEqual(idsOf(rows.slice(101)));
  });
});

describe('one model, many models', () => {
  test('one is found by its id', async () => {
    const client = await openSandbox();
    const one = z.strictObject({ model });
    expect(one.parse((await client.call('GET', '/models/model_3')).body).model.id).toBe('model_3');
    expect((await client.call('GET', '/models/model_nowhere')).status).toBe(404);
    expect((await client.call('GET', '/models/model_foreign_1')).status).toBe(403);
  });

  test('many come without pictures unless these are asked for, and 50 at a time', async () => {
    const client = await openSandbox();
    const bulk = (body: object) => client.call('POST', '/models/get-bulk', { body });
    const many = z.strictObject({ models: z.array(model) });
    const modelIds = [...ids('model', 49), 'model_nowhere'];
    const plain = many.parse((await bulk({ modelIds })).body).models;
    expect(new Set(idsOf(plain))).toEqual(new Set(ids('model', 49)));
    expect(plain.every((row) => !('thumbnail' in row))).toBe(true);
    const pictured = many.parse((await bulk({ modelIds, thumbnail: true })).body).models;
    expect(pictured.some(({ thumbnail }) => thumbnail !== undefined)).toBe(true);
    expect((await bulk({ modelIds: ids('model', 51) })).status).toBe(400);
    await client.setFaults({ bulk: { maxModels: 51 } });
    expect((await bulk({ modelIds: ids('model', 51) })).status).toBe(200);
  });

  test('a minimal bulk read gives the base details alone', async () => {
    const client = await openSandbox();
    const { body } = await client.call('POST', '/models/get-bulk', {
      body: { modelIds: ['model_0'], minimal: true, thumbnail: true },
    });
    const fields = z
      .object({ models: z.array(z.looseObject({})) })
      .parse(body)
      .models.flatMap(Object.keys);
    expect(fields.toSorted()).toEqual(['id', 'name', 'privacy', 'type']);
  });
});
