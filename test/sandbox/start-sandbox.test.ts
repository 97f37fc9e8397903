import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import type { WireCollection } from './reference-shapes.ts';
import { ids, openSandbox, SandboxClient } from './sandbox-client.ts';

async function temporaryFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'collections.sqlite');
}

const withoutAddress = (text: string, client: SandboxClient) => text.replaceAll(client.origin, '');

// Each run listens on a port of its own, and the URL follows it.
const withoutThumbnailUrl = (row: WireCollection) => ({ ...row, thumbnail: row.thumbnail?.assetId });

test('it is seeded with 137 different collections, the same on every start', async () => {
  const [one, two] = [new SandboxClient(await startSandbox()), new SandboxClient(await startSandbox())];
  onTestFinished(() => Promise.all([one.sandbox.close(), two.sandbox.close()]).then(() => undefined));
  const first = await one.list('?pageSize=100');
  const rest = await one.list(`?paginationToken=${encodeURIComponent(first.nextPaginationToken ?? '')}`);
  const rows = [...first.collections, ...rest.collections];
  expect(rows).toHaveLength(137);
  expect(new Set(rows.map(({ name }) => name)).size).toBe(137);
  expect(rows.some(({ itemCount }) => itemCount === 0)).toBe(true);
  expect(rows.some(({ assetCount }) => assetCount > 300)).toBe(true);
  expect(rows.some(({ modelCount }) => modelCount > 0)).toBe(true);
  expect(rows.filter(({ thumbnail }) => thumbnail === undefined).length).toBeGreaterThan(10);
  expect(rows.every((row) => row.itemCount === row.assetCount + row.modelCount)).toBe(true);
  expect(rows.every((row) => row.updatedAt >= row.createdAt)).toBe(true);

  const [left, right] = [await one.call('GET', '/collections'), await two.call('GET', '/collections')];
  expect(withoutAddress(left.text, one)).toBe(withoutAddress(right.text, two));
});

test('thumbnails are pictures that the sandbox serves itself, to anyone', async () => {
  const client = await openSandbox({ seedCount: 10 });
  const { collections } = await client.list();
  const urls = collections.flatMap(({ thumbnail }) => thumbnail?.url ?? []);
  expect(urls.length).toBeGreaterThan(3);
  const pictures = new Set<string>();
  for (const url of urls) {
    expect(new URL(url).origin).toBe(client.origin);
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/svg+xml');
    const picture = await response.text();
    expect(picture).toMatch(/^<svg .*<\/svg>$/);
    expect(await (await fetch(url)).text()).toBe(picture);
    pictures.add(picture);
  }
  expect(pictures.size).toBe(urls.length);
});

test('a file keeps collections and members between runs, and is seeded once', async () => {
  const file = await temporaryFile();
  const first = new SandboxClient(await startSandbox({ file, seedCount: 4 }));
  const created = await first.create('Kept');
  await first.call('PUT', `/collections/${created.id}/assets`, { body: { assetIds: ids('asset', 3) } });
  await first.call('PUT', `/collections/${created.id}`, { body: { thumbnail: 'asset_1' } });
  const before = (await first.list()).collections.map(withoutThumbnailUrl);
  await first.sandbox.close();

  const second = await openSandbox({ file, seedCount: 4 });
  const rows = (await second.list()).collections;
  expect(rows.map(withoutThumbnailUrl)).toEqual(before);
  expect(rows).toHaveLength(5);
  expect(rows[0]?.thumbnail?.url).toContain(`${second.origin}/sandbox/pictures/full/asset_1.svg?`);
  const readd = await second.call('PUT', `/collections/${created.id}/assets`, {
    body: { assetIds: ['asset_1'] },
  });
  expect(readd.status).toBe(400);
});

test('a file whose collections were all deleted stays empty', async () => {
  const file = await temporaryFile();
  const first = new SandboxClient(await startSandbox({ file, seedCount: 1 }));
  const [only] = (await first.list()).collections;
  await first.call('DELETE', `/collections/${only?.id}`);
  await first.sandbox.close();
  const second = await openSandbox({ file, seedCount: 1 });
  expect((await second.list()).collections).toEqual([]);
});

test('it refuses a file of another version rather than reading it wrongly', async () => {
  const file = await temporaryFile();
  const database = new DatabaseSync(file);
  database.exec('PRAGMA user_version = 99');
  database.close();
  await expect(startSandbox({ file })).rejects.toThrow(/another version of the sandbox \(schema 99\)/);
});

test('it refuses a file that is not its own, a taken port and faults that do not exist', async () => {
  const file = await temporaryFile();
  await writeFile(file, 'not a database at all, but long enough to be read as one'.repeat(20));
  await expect(startSandbox({ file })).rejects.toThrow(/not a database/);
  const client = await openSandbox();
  const port = Number(new URL(client.sandbox.url).port);
  await expect(startSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await expect(startSandbox({ faults: { latencyMs: -1 } })).rejects.toThrow(/latencyMs/);
});

test('it leaves the globals of the process that embeds it alone', async () => {
  const [request, response] = [globalThis.Request, globalThis.Response];
  const client = await openSandbox();
  await client.list();
  expect(globalThis.Request).toBe(request);
  expect(globalThis.Response).toBe(response);
});

test('on every interface, its address is still one that a client can use', async () => {
  const client = await openSandbox({ host: '0.0.0.0' });
  expect(client.sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
  expect((await client.list()).collections).toEqual([]);
});
