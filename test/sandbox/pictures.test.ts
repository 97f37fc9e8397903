import { describe, expect, test } from 'vitest';
import { assetsOf, walk } from './library-client.ts';
import type { WireAsset } from './library-shapes.ts';
import { collectionAnswer } from './reference-shapes.ts';
import { openSandbox, type SandboxClient } from './sandbox-client.ts';

const freeAssets = (client: SandboxClient) => walk(assetsOf, client, { pageSize: '100' });

async function picture(url: string): Promise<{ status: number; headers: Headers; text: string }> {
  const response = await fetch(url);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const sizeOf = (svg: string) => {
  const { width, height } =
    /^<svg [^>]*?width="(?<width>\d+)" height="(?<height>\d+)"/.exec(svg)?.groups ?? {};
  return [Number(width), Number(height)];
};

async function firstImage(
  client: SandboxClient,
  isWanted: (asset: WireAsset) => boolean,
): Promise<WireAsset> {
  const found = (await freeAssets(client)).find(
    (asset) => asset.kind === 'image' && asset.url && isWanted(asset),
  );
  if (found === undefined) throw new Error('the sandbox should hold such an image');
  return found;
}

describe('pictures', () => {
  test('differ for each asset, in its own proportions, and load from any page', async () => {
    const client = await openSandbox();
    const seen = new Set<string>();
    const images = (await freeAssets(client))
      .filter(({ kind, url }) => kind === 'image' && url !== '')
      .slice(0, 40);
    for (const { url, properties } of images) {
      const { status, headers, text } = await picture(url);
      expect(status).toBe(200);
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': 'image/svg+xml',
        'cache-control': expect.stringMatching(/public, max-age=\d+/),
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
      });
      expect(sizeOf(text)).toEqual([properties.width, properties.height]);
      seen.add(text);
    }
    expect(seen.size).toBe(images.length);
  });

  test('come in the width that is asked for behind the signature, and in no altered address', async () => {
    const client = await openSandbox();
    const { url } = await firstImage(client, ({ properties }) => properties.width === 1536);
    expect(url).toMatch(/\?Policy=[\w~-]+&Signature=[\w~-]+&Key-Pair-Id=[A-Z0-9]+$/);
    expect(sizeOf((await picture(`${url}&width=256`)).text)).toEqual([256, 171]);
    expect(sizeOf((await picture(`${url}&format=jpeg&width=300`)).text)).toEqual([300, 200]);
    expect(sizeOf((await picture(`${url}&width=wide`)).text)).toEqual([1536, 1024]);
    const altered = [
      url.replace('?', '?width=256&'),
      url.replace('&Signature', '&width=256&Signature'),
      url.replace('/asset_', '/asset_public_'),
      url.replace(/\?.*/, '?width=256'),
      url.replaceAll('~', '%7E').replaceAll('_', '%5F'),
    ];
    for (const address of altered) expect((await picture(address)).status).toBe(403);
  });

  test('are the same, but small, as thumbnails; images may have none and videos always do', async () => {
    const client = await openSandbox();
    const { thumbnail } = await firstImage(client, (asset) => asset.thumbnail !== undefined);
    expect(sizeOf((await picture(thumbnail?.url ?? '')).text)[0]).toBe(256);
    expect(sizeOf((await picture(`${thumbnail?.url}&width=64`)).text)[0]).toBe(64);
    const assets = await freeAssets(client);
    expect(assets.some((asset) => asset.kind === 'image' && asset.url && !asset.thumbnail)).toBe(true);
    const videos = assets.filter(({ kind, status }) => kind === 'video' && status === 'success');
    expect(videos.length).toBeGreaterThan(3);
    expect(videos.every((video) => video.thumbnail !== undefined)).toBe(true);
  });

  test('of a collection is that of the asset that was set', async () => {
    const client = await openSandbox();
    const { id } = await client.create();
    const asset = await firstImage(client, () => true);
    const { body } = await client.call('PUT', `/collections/${id}`, { body: { thumbnail: asset.id } });
    const { thumbnail } = collectionAnswer.parse(body).collection;
    expect(thumbnail).toEqual({ assetId: asset.id, url: asset.url });
    const refused = await client.call('PUT', `/collections/${id}`, { body: { thumbnail: 'asset_nowhere' } });
    expect(refused.status).toBe(404);
  });
});

describe('a gateway that embeds the sandbox', () => {
  test('can name its own address in every picture’s, also once it listens, and answer for it', async () => {
    let port = 1;
    const client = await openSandbox({ publicUrl: () => `http://gateway.example:${port}` });
    port = 4000;
    const { url } = await firstImage(client, () => true);
    expect(url).toMatch(/^http:\/\/gateway\.example:4000\/sandbox\/pictures\//);
    const answer = await client.sandbox.fetchPublic(new Request(`${url}&width=256`));
    expect([answer.status, sizeOf(await answer.text())[0]]).toEqual([200, 256]);
  });

  test('can pass on the switches, and nothing else', async () => {
    const client = await openSandbox({ publicUrl: 'http://gateway.example' });
    const ask = (path: string, init?: RequestInit) =>
      client.sandbox.fetchPublic(new Request(`http://gateway.example${path}`, init));
    const put = await ask('/sandbox/faults', { method: 'PUT', body: '{"latencyMs":7}' });
    expect(await put.json()).toMatchObject({ latencyMs: 7 });
    expect((await client.call('GET', '/__faults')).body).toMatchObject({ latencyMs: 7 });
    expect((await ask('/sandbox/faults', { method: 'PUT', body: '{"latency":7}' })).status).toBe(400);
    expect(await (await ask('/sandbox/faults', { method: 'DELETE' })).json()).toMatchObject({ latencyMs: 0 });
    for (const path of ['/v1/collections', '/__ledger', '/__faults', '/sandbox', '/']) {
      expect([path, (await ask(path)).status]).toEqual([path, 404]);
    }
  });
});
