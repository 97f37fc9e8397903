import { describe, expect, it, onTestFinished } from 'vitest';
import { dig } from '../support/dig.ts';
import { startGateway } from '../support/gateway.ts';
import { exchange } from './wire-exchange.ts';

const LIST = '{ collections(first: 1) { nodes { thumbnail { url } } } }';

async function open(env: Record<string, string> = {}) {
  const gateway = await startGateway('http://127.0.0.1:1/v1', { UPSTREAM: 'sandbox', ...env });
  onTestFinished(gateway.end);
  const { port } = new URL(gateway.url);
  const { body } = await gateway.query(LIST);
  const picture = new URL(String(dig(body.data, 'collections', 'nodes', 0, 'thumbnail', 'url')));
  const ask = (method: string, target: string, headers = {}, sent = '') =>
    exchange(gateway.url, { method, target, headers, body: sent });
  return { gateway, port, picture, target: picture.pathname + picture.search, ask };
}

describe('a picture of the embedded sandbox', () => {
  it("is at the gateway's own address, for any page and to be kept", async () => {
    const { picture, port, target, ask } = await open();
    expect(picture.origin).toBe(`http://localhost:${port}`);
    const answer = await ask('GET', target, { origin: 'https://any.example' });
    expect(answer).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'image/svg+xml',
        'cache-control': expect.stringMatching(/^public, max-age=\d{4,}/),
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
        'x-request-id': expect.any(String),
      },
    });
    expect(answer.body).toMatch(/^<svg .*<\/svg>$/s);
  });

  it('is where SANDBOX_PUBLIC_URL says', async () => {
    const { picture, target, ask } = await open({ SANDBOX_PUBLIC_URL: 'https://gateway.example' });
    expect(picture.origin).toBe('https://gateway.example');
    expect((await ask('GET', target)).status).toBe(200);
  });

  it('is not given without its signature, nor anything beside it', async () => {
    const { picture, ask } = await open();
    expect((await ask('GET', picture.pathname)).status).toBe(403);
    expect((await ask('GET', '/sandbox/pictures/full/nothing')).status).toBe(404);
    expect((await ask('GET', '/sandbox/pictures/../../v1/collections')).status).toBe(404);
    expect((await ask('GET', '/sandbox')).status).toBe(404);
    expect((await ask('GET', '/v1/collections')).status).toBe(404);
  });

  it('has a head without a body, too', async () => {
    const { target, ask } = await open();
    const answer = await ask('HEAD', target);
    expect([answer.status, answer.body, Number(answer.headers['content-length']) > 0]).toEqual([
      200,
      '',
      true,
    ]);
  });
});

describe("the sandbox's switches", () => {
  const FAULTS = JSON.stringify({
    latencyMs: 0,
    rules: [{ match: {}, times: 1, action: { kind: 'status', status: 500 } }],
  });

  it('are at the gateway in development', async () => {
    const { ask } = await open({ NODE_ENV: 'development' });
    expect((await ask('GET', '/sandbox/faults')).status).toBe(200);
    const put = await ask('PUT', '/sandbox/faults', { 'content-length': FAULTS.length }, FAULTS);
    expect([put.status, JSON.parse(put.body)]).toMatchObject([200, { rules: [{ action: { status: 500 } }] }]);
    expect(JSON.parse((await ask('DELETE', '/sandbox/faults')).body)).toMatchObject({ rules: [] });
    expect((await ask('PUT', '/sandbox/faults', {}, 'x'.repeat(200_000))).status).toBe(413);
  });

  it('can be used by pages of this machine', async () => {
    const { ask } = await open({ NODE_ENV: 'development' });
    const headers = { origin: 'http://localhost:5173', 'access-control-request-method': 'PUT' };
    const { status, headers: told } = await ask('OPTIONS', '/sandbox/faults', headers);
    expect([status, told['access-control-allow-methods']]).toEqual([204, expect.stringContaining('PUT')]);
  });

  it('are nowhere in production', async () => {
    const { ask } = await open();
    for (const method of ['GET', 'PUT', 'DELETE'])
      expect((await ask(method, '/sandbox/faults')).status).toBe(404);
  });
});

it('nothing of a sandbox is served where there is none', async () => {
  const gateway = await startGateway('http://127.0.0.1:1/v1', { NODE_ENV: 'development' });
  onTestFinished(gateway.end);
  for (const target of ['/sandbox/faults', '/sandbox/pictures/full/asset_1.svg'])
    expect((await exchange(gateway.url, { target })).status).toBe(404);
});

it("GraphiQL may show the sandbox's pictures and those of https, and no others", async () => {
  const { gateway, port } = await open({ GRAPHIQL: 'true' });
  const { headers } = await exchange(gateway.url, { headers: { accept: 'text/html' } });
  expect(headers['content-security-policy']).toContain(
    `img-src 'self' data: https: http://localhost:${port};`,
  );
});
