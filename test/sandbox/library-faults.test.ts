import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { assetsOf, idsOf, modelsOf, walk } from './library-client.ts';
import { openSandbox, type SandboxClient } from './sandbox-client.ts';

const CALLS: readonly [string, (client: SandboxClient) => ReturnType<SandboxClient['call']>][] = [
  ['assets.list', (client) => client.call('GET', '/assets')],
  ['assets.retrieve', (client) => client.call('GET', '/assets/asset_1')],
  ['assets.bulk', (client) => client.call('POST', '/assets/get-bulk', { body: { assetIds: ['asset_1'] } })],
  ['assets.search', (client) => client.call('POST', '/search/assets', { body: { query: 'dragon' } })],
  ['models.list', (client) => client.call('GET', '/models')],
  ['models.retrieve', (client) => client.call('GET', '/models/model_1')],
  ['models.bulk', (client) => client.call('POST', '/models/get-bulk', { body: { modelIds: ['model_1'] } })],
  ['models.search', (client) => client.call('POST', '/search/models', { body: { query: 'pixel' } })],
];

describe('every read of assets and models', () => {
  test.each(CALLS)('%s fails alone by its name, and is counted by it', async (endpoint, call) => {
    const client = await openSandbox();
    const rule = { match: { endpoint }, action: { kind: 'status', status: 503 } };
    await client.call('PUT', '/__faults', { body: { rules: [rule] } });
    for (const [name, other] of CALLS) {
      expect([name, (await other(client)).status]).toEqual([name, name === endpoint ? 503 : 200]);
    }
    expect((await client.call('GET', '/__stats')).body).toEqual(
      Object.fromEntries(CALLS.map(([name]) => [name, 1])),
    );
    await client.setFaults({ rules: [{ action: { kind: 'truncated' } }] });
    await expect(call(client)).rejects.toThrow(/terminated/);
    await client.setFaults({ rate: { perMinute: 1 } });
    expect([(await call(client)).status, (await call(client)).status]).toEqual([200, 429]);
    expect((await client.call('GET', '/assets', { authorization: null })).status).toBe(401);
  });

  test.each(CALLS)('%s can lack fields and have unknown ones', async (endpoint, call) => {
    const client = await openSandbox();
    const records = async () => {
      const body = z.record(z.string(), z.unknown()).parse((await call(client)).body);
      const [first] = Object.values(body).flat();
      return z.looseObject({}).parse(first);
    };
    const whole = await records();
    await client.call('PUT', '/__faults', {
      body: { answers: { omit: { [endpoint]: ['tags', 'privacy'] } } },
    });
    const { tags: _tags, privacy: _privacy, ...rest } = whole;
    expect(await records()).toEqual(rest);
    await client.setFaults({ answers: { extraFields: true } });
    const grown = await records();
    expect(grown).toMatchObject(whole);
    expect(Object.keys(grown).length).toBeGreaterThan(Object.keys(whole).length);
  });
});

describe('the seeds', () => {
  test('hold what is rare', async () => {
    const client = await openSandbox();
    const assets = await walk(assetsOf, client, { pageSize: '100' });
    const kinds = new Set(assets.map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['image', 'image-hdr', 'video', 'audio', '3d', 'text']));
    expect(new Set(assets.map(({ status }) => status))).toEqual(new Set(['success', 'pending', 'error']));
    const images = assets.filter(({ kind }) => kind === 'image');
    expect(images.length).toBeGreaterThan(assets.length / 2);
    const generated = assets.filter(({ metadata }) => metadata.prompt !== undefined);
    expect(generated.filter(({ metadata }) => metadata.name === undefined).length).toBeGreaterThan(100);
    const uploads = assets.filter(({ metadata }) => metadata.type.startsWith('uploaded'));
    expect(uploads.every(({ metadata }) => metadata.name && !metadata.prompt)).toBe(true);
    expect(assets.filter(({ url }) => url === '').every(({ status }) => status !== 'success')).toBe(true);
    expect(assets.some(({ nsfw }) => (nsfw ?? []).length > 0)).toBe(true);

    const models = await walk(modelsOf, client, {});
    expect(models.some(({ name }) => name === undefined)).toBe(true);
    expect(models.some(({ thumbnail }) => thumbnail === undefined)).toBe(true);
    expect(models.some((model) => 'complianceMetadata' in model)).toBe(true);
    const examples = models.flatMap(({ exampleAssetIds }) => exampleAssetIds);
    expect(idsOf(assets)).toEqual(expect.arrayContaining(examples));
    const shared = await walk(modelsOf, client, { privacy: 'public' });
    expect(shared.every(({ thumbnail }) => thumbnail === undefined)).toBe(true);
  });

  test('can have values that no reference lists', async () => {
    const client = await openSandbox({ faults: { answers: { undocumentedValues: true } } });
    const { body } = await client.call('GET', '/assets?pageSize=100&sortBy=createdAt');
    const row = z.object({ kind: z.string(), status: z.string(), metadata: z.looseObject({}) });
    const { assets } = z.object({ assets: z.array(row) }).parse(body);
    expect(assets.some(({ kind }) => kind === 'gaussian-splat')).toBe(true);
    expect(assets.some(({ status }) => status === 'queued')).toBe(true);
    const seeds = new Set(assets.map(({ metadata }) => typeof metadata['seed']));
    expect(seeds).toEqual(new Set(['number', 'string', 'undefined']));
  });

  test('can be large, and are soon there', async () => {
    const client = await openSandbox({ seedCount: 5000, seedAssets: 1, seedModels: 0 });
    const { collections } = await client.list('?pageSize=100');
    expect(collections.every(({ assetCount, itemCount }) => assetCount === 1 && itemCount === 1)).toBe(true);
  });
});
