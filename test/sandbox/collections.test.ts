import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { collectionAnswer, errorAnswer } from './reference-shapes.ts';
import { openSandbox } from './sandbox-client.ts';

describe('the sandbox answers in the shapes of the reference', () => {
  test('a created collection is empty, and can be retrieved and listed', async () => {
    const client = await openSandbox();
    const { status, body } = await client.call('POST', '/collections', { body: { name: 'Forest Props' } });
    expect(status).toBe(200);
    const { collection } = collectionAnswer.parse(body);
    expect(collection).toMatchObject({ name: 'Forest Props', assetCount: 0, modelCount: 0, itemCount: 0 });
    expect(collection).not.toHaveProperty('thumbnail');
    expect(await client.get(collection.id)).toEqual(collection);
    expect((await client.list()).collections).toEqual([collection]);
  });

  test('an update changes only what it names, and moves updatedAt', async () => {
    const client = await openSandbox();
    const created = await client.create('Before');
    const path = `/collections/${created.id}`;
    await client.call('PUT', path, { body: { name: 'After' } });
    const renamed = await client.get(created.id);
    expect(renamed).toEqual({ ...created, name: 'After', updatedAt: renamed.updatedAt });
    expect(Date.parse(renamed.updatedAt)).toBeGreaterThan(Date.parse(created.updatedAt));

    await client.call('PUT', path, { body: { thumbnail: 'asset_7' } });
    const covered = await client.get(created.id);
    expect(covered.name).toBe('After');
    expect(covered.thumbnail?.assetId).toBe('asset_7');
    expect(Date.parse(covered.updatedAt)).toBeGreaterThan(Date.parse(renamed.updatedAt));

    await client.call('PUT', path, { body: { name: 'Still covered' } });
    expect((await client.get(created.id)).thumbnail).toEqual(covered.thumbnail);

    const { body } = await client.call('PUT', path, { body: { thumbnail: null } });
    expect(collectionAnswer.parse(body).collection).not.toHaveProperty('thumbnail');
  });

  test('updatedAt moves even when two writes fall into one millisecond', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const client = await openSandbox();
    const { id, updatedAt } = await client.create();
    await client.call('PUT', `/collections/${id}`, { body: { name: 'Again' } });
    expect(Date.parse((await client.get(id)).updatedAt)).toBe(Date.parse(updatedAt) + 1);
  });

  test('a deleted collection is answered with {} and is gone', async () => {
    const client = await openSandbox();
    const { id } = await client.create();
    const deleted = await client.call('DELETE', `/collections/${id}`);
    expect(deleted).toMatchObject({ status: 200, body: {} });
    expect(await client.call('GET', `/collections/${id}`)).toMatchObject({ status: 404 });
    expect((await client.list()).collections).toEqual([]);
  });

  test('a projectId in the query is accepted by every call', async () => {
    const client = await openSandbox();
    const { id } = await client.create();
    const calls: [string, string, unknown?][] = [
      ['GET', '/collections'],
      ['POST', '/collections', { name: 'Second' }],
      ['GET', `/collections/${id}`],
      ['PUT', `/collections/${id}`, { name: 'Renamed' }],
      ['PUT', `/collections/${id}/assets`, { assetIds: ['asset_1'] }],
      ['DELETE', `/collections/${id}/assets`, { assetIds: ['asset_1'] }],
      ['PUT', `/collections/${id}/models`, { modelIds: ['model_pixel-tactics-3.0'] }],
      ['DELETE', `/collections/${id}/models`, { modelIds: ['model_pixel-tactics-3.0'] }],
      ['DELETE', `/collections/${id}`],
    ];
    for (const [method, path, body] of calls) {
      const { status } = await client.call(method, `${path}?projectId=proj_1`, { body });
      expect([method, path, status]).toEqual([method, path, 200]);
    }
  });
});

describe('the sandbox refuses in the live error shape', () => {
  test.each([
    ['no credentials', null],
    ['a wrong secret', `Basic ${btoa('sandbox:wrong')}`],
    ['another scheme', 'Bearer sandbox'],
  ])('%s with 401', async (_, authorization) => {
    const client = await openSandbox();
    const { status, body } = await client.call('GET', '/collections', { authorization });
    expect(status).toBe(401);
    errorAnswer.parse(body);
  });

  test('a collection that does not exist with a NotFound', async () => {
    const client = await openSandbox();
    const calls: [string, string, unknown?][] = [
      ['GET', ''],
      ['PUT', '', { name: 'x' }],
      ['DELETE', ''],
      ['PUT', '/assets', { assetIds: ['asset_1'] }],
      ['DELETE', '/models', { modelIds: ['model_1'] }],
    ];
    for (const [method, tail, body] of calls) {
      const answer = await client.call(method, `/collections/col_absent${tail}`, { body });
      expect(answer.status).toBe(404);
      expect(errorAnswer.parse(answer.body).name).toBe('NotFound');
    }
  });

  test.each([
    ['POST', { name: '  ' }],
    ['POST', {}],
    ['POST', { name: 3 }],
    ['POST', { name: 'x', colour: 'red' }],
    ['POST', undefined],
    ['PUT', { name: '' }],
    ['PUT', { thumbnail: 'not/an/id' }],
    ['PUT', { name: null }],
  ])('%s with the body %j with 400, and changes nothing', async (method, body) => {
    const client = await openSandbox();
    const created = await client.create();
    const path = method === 'PUT' ? `/collections/${created.id}` : '/collections';
    const answer = await client.call(method, path, { body });
    expect(answer.status).toBe(400);
    errorAnswer.parse(answer.body);
    expect((await client.list()).collections).toEqual([created]);
  });

  test('a foreign thumbnail with 403', async () => {
    const client = await openSandbox();
    const { id } = await client.create();
    const answer = await client.call('PUT', `/collections/${id}`, { body: { thumbnail: 'asset_foreign_1' } });
    expect(answer.status).toBe(403);
    expect(errorAnswer.parse(answer.body).name).toBe('Forbidden');
  });

  test('unknown routes with 404 and unknown methods with 405', async () => {
    const client = await openSandbox();
    expect((await client.call('GET', '/tags')).status).toBe(404);
    expect((await client.call('GET', '/assets/asset_1/tags')).status).toBe(404);
    expect((await client.call('PUT', '/assets')).status).toBe(405);
    expect((await client.call('PUT', '/models/model_1')).status).toBe(405);
    expect((await client.call('GET', '/collections/col_x/other')).status).toBe(404);
    expect((await client.call('PATCH', '/collections/col_x')).status).toBe(405);
    expect((await client.call('GET', '/collections/col_x/assets')).status).toBe(405);
    expect((await client.call('DELETE', '/collections')).status).toBe(405);
  });

  test('credentials of its own choosing are the only ones that open it', async () => {
    const client = await openSandbox({ credentials: { key: 'me', secret: 's:3' } });
    expect((await client.call('GET', '/collections')).status).toBe(200);
    const refused = await client.call('GET', '/collections', {
      authorization: `Basic ${btoa('sandbox:sandbox')}`,
    });
    expect(refused.status).toBe(401);
  });
});
