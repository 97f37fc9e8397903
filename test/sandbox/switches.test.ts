import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openSandbox, type SandboxClient } from './sandbox-client.ts';

/** Sends a request by hand and gives all that comes back until the connection ends. */
function rawExchange(client: SandboxClient, path: string): Promise<string> {
  const { port, hostname, host, pathname } = new URL(client.sandbox.url);
  const token = btoa('sandbox:sandbox');
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(Number(port), hostname);
    socket.on('data', (chunk) => {
      received += chunk.toString();
    });
    socket.on('end', () => resolve(received)).on('error', reject);
    socket.write(`GET ${pathname}${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Basic ${token}\r\n\r\n`);
  });
}

const post = { body: { name: 'Survivor' } };

test.each([
  [false, []],
  [true, ['Survivor']],
])('a reset (applied: %s) cuts the connection', async (applied, survivors) => {
  const client = await openSandbox({ faults: { rules: [{ times: 1, action: { kind: 'reset', applied } }] } });
  const failure = await client.call('POST', '/collections', post).catch((error: unknown) => error);
  expect(failure).toMatchObject({ cause: { code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) } });
  expect((await client.list()).collections.map(({ name }) => name)).toEqual(survivors);
});

test('a reset reaches the client as ECONNRESET', async () => {
  const client = await openSandbox({ faults: { rules: [{ action: { kind: 'reset' } }] } });
  await expect(rawExchange(client, '/collections')).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test.each([
  [false, []],
  [true, ['Survivor']],
])('a hang (applied: %s) never answers', async (applied, survivors) => {
  const client = await openSandbox({ faults: { rules: [{ times: 1, action: { kind: 'hang', applied } }] } });
  const signal = AbortSignal.timeout(200);
  await expect(client.call('POST', '/collections', { ...post, signal })).rejects.toThrow(/timeout/);
  expect((await client.list()).collections.map(({ name }) => name)).toEqual(survivors);
});

test('closing the sandbox ends hung requests', async () => {
  const client = await openSandbox({ faults: { rules: [{ action: { kind: 'hang' } }] } });
  const hung = client.call('GET', '/collections').catch(() => 'ended');
  await new Promise((resolve) => setTimeout(resolve, 50));
  await client.sandbox.close();
  await client.sandbox.close();
  expect(await hung).toBe('ended');
});

test('a truncated answer announces more than it sends', async () => {
  const client = await openSandbox({ seedCount: 3, faults: { rules: [{ action: { kind: 'truncated' } }] } });
  await expect(client.call('GET', '/collections')).rejects.toThrow(/terminated/);
  const [head = '', body = ''] = (await rawExchange(client, '/collections')).split('\r\n\r\n');
  const announced = Number(/content-length: (\d+)/i.exec(head)?.[1]);
  expect(body.length).toBe(Math.floor(announced / 2));
  expect(body).toMatch(/^\{"collections":/);
});

test('an answer can be something else than JSON', async () => {
  const client = await openSandbox({ faults: { rules: [{ action: { kind: 'not-json' } }] } });
  const { status, body, text, headers } = await client.call('GET', '/collections');
  expect({ status, body, type: headers.get('content-type') }).toEqual({
    status: 200,
    body: undefined,
    type: 'text/html',
  });
  expect(text).toContain('<html>');
});

test('latency holds every answer back', async () => {
  const client = await openSandbox({ faults: { latencyMs: 120 } });
  const startedAt = performance.now();
  await client.call('GET', '/collections');
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(118);
});

test.each([
  ['absent', /^$/],
  ['seconds', /^(60|59)$/],
  ['date', / GMT$/],
] as const)(
  'a window of 3 a minute refuses the fourth call (retry-after: %s)',
  async (retryAfter, header) => {
    const client = await openSandbox({ faults: { rate: { perMinute: 3, retryAfter } } });
    const answers = [];
    for (let call = 0; call < 4; call += 1) answers.push(await client.call('GET', '/collections'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(answers[3]?.headers.get('retry-after') ?? '').toMatch(header);
  },
);

test('thumbnails can be left out and unknown fields added everywhere', async () => {
  const client = await openSandbox({ seedCount: 20 });
  const shown = (await client.list()).collections.find(({ thumbnail }) => thumbnail !== undefined);
  expect(shown).toBeDefined();
  await client.setFaults({ answers: { withoutThumbnails: true } });
  expect((await client.list()).collections.every((row) => !('thumbnail' in row))).toBe(true);
  await client.setFaults({ answers: { extraFields: true } });
  const { body } = await client.call('GET', `/collections/${shown?.id}`);
  const grown = z.looseObject({ collection: z.looseObject({}) }).parse(body).collection;
  expect(grown).toMatchObject({ ...shown });
  expect(Object.keys(grown).length).toBeGreaterThan(Object.keys({ ...shown }).length);
});
