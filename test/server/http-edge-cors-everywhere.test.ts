import { describe, expect, it } from 'vitest';
import { everyCollection, openFrontDoor } from '../support/front-door.ts';
import { exchange, type WireRequest } from './wire-exchange.ts';

const PAGE = 'https://app.example.com';
const JSON_TYPE = { 'content-type': 'application/json' };
const PREFLIGHT = { 'access-control-request-method': 'POST' };
const MAX_ORIGINS = 100;

const ERRORS: ReadonlyArray<readonly [what: string, request: WireRequest, status: number]> = [
  ['nothing there', { target: '/grapql' }, 404],
  ['a method that is not taken', { method: 'PUT' }, 405],
  ['a body of another type', { method: 'POST', body: 'x' }, 415],
  ['a body that is too large', { method: 'POST', headers: JSON_TYPE, body: 'x'.repeat(200_000) }, 413],
  ['a Host that is none', { headers: { host: 'a b' } }, 400],
  ['no token', { method: 'POST', headers: JSON_TYPE, body: '{}' }, 401],
  ['health', { target: '/livez' }, 200],
];

describe('a page of an allowed origin', () => {
  it.each(ERRORS)('can read every answer: %s', async (_what, request, status) => {
    const keys = JSON.stringify([{ name: 'web', sha256: 'a'.repeat(64), scopes: [] }]);
    const env = {
      CORS_ORIGINS: PAGE,
      ...(status === 401 ? { AUTH_MODE: 'api-key', AUTH_API_KEYS: keys } : {}),
    };
    const { gateway } = await openFrontDoor(everyCollection, env);
    const headers = { ...request.headers, origin: PAGE };
    const answer = await exchange(gateway.url, { ...request, headers });
    expect(answer).toMatchObject({ status, headers: { 'access-control-allow-origin': PAGE } });
    expect(answer.headers['access-control-expose-headers']).toContain('x-request-id');
  });

  it.each([60_000, 200_000, 900_000])('can read that %i bytes of headers are too many', async (length) => {
    const { gateway, upstream } = await openFrontDoor(everyCollection, { CORS_ORIGINS: PAGE });
    const ask = (origin: string) =>
      exchange(gateway.url, {
        method: 'POST',
        headers: { ...JSON_TYPE, authorization: `Bearer ${'x'.repeat(length)}`, origin, accept: '*/*' },
        body: '{"query":"{ __typename }"}',
      });
    const answer = await ask(PAGE);
    expect(answer).toMatchObject({
      status: 431,
      headers: {
        'access-control-allow-origin': PAGE,
        'access-control-expose-headers': expect.stringContaining('x-request-id'),
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-store',
        'x-request-id': expect.any(String),
        connection: 'close',
        vary: 'Origin',
      },
      body: expect.stringContaining('LIMIT_EXCEEDED'),
    });
    const other = await ask('https://evil.example');
    expect(other.status).toBe(431);
    expect(other.headers).not.toHaveProperty('access-control-allow-origin');
    expect(upstream.requests).toHaveLength(0);
  });

  it('gets past the preflight to a path that is not there, so that it can read that it is not', async () => {
    const { gateway } = await openFrontDoor(everyCollection, { CORS_ORIGINS: PAGE });
    const headers = { ...PREFLIGHT, origin: PAGE };
    const request = { target: '/grapql', method: 'OPTIONS', headers };
    expect((await exchange(gateway.url, request)).status).toBe(204);
  });
});

/** What the gateway says to a preflight from each of these origins, and what it logs of them all. */
async function preflight(env: Record<string, string>, origins: readonly string[]) {
  const { gateway } = await openFrontDoor(everyCollection, env);
  const leaves: unknown[] = [];
  for (const origin of origins) {
    const { headers } = await exchange(gateway.url, { method: 'OPTIONS', headers: { ...PREFLIGHT, origin } });
    leaves.push(headers['access-control-allow-origin']);
  }
  const lines = gateway.logLines.filter((line) => line.includes('"origin"'));
  return { leaves, logged: lines.map((line): Record<string, unknown> => JSON.parse(line)) };
}

describe('in development a page from this machine', () => {
  it.each([
    'http://localhost:3000',
    'https://localhost',
    'http://app.localhost:5173',
    'http://127.0.0.1:8080',
    'http://[::1]:3000',
    'capacitor://localhost',
  ])('may call: %s', async (origin) => {
    expect((await preflight({ NODE_ENV: 'development' }, [origin])).leaves).toEqual([origin]);
    expect((await preflight({}, [origin])).leaves).toEqual([undefined]);
  });

  it.each([
    'http://localhost.evil.example',
    'http://evil-localhost',
    'http://127.0.0.1.evil.example',
    'http://128.0.0.1',
    'http://localhost:3000/',
    'http://localhost@evil.example',
    'https://app.example.com',
    'null',
  ])('is not one that looks like it: %s', async (origin) => {
    expect((await preflight({ NODE_ENV: 'development' }, [origin])).leaves).toEqual([undefined]);
  });
});

describe('a preflight that is refused', () => {
  it('says in the log which origin asked, and which variable would allow it, once', async () => {
    const { logged } = await preflight({}, ['https://new.example', 'https://new.example']);
    expect(logged).toMatchObject([
      { level: 40, origin: 'https://new.example', msg: expect.stringContaining('CORS_ORIGINS') },
    ]);
  });

  it('is not said to be one that could be allowed where it could not', async () => {
    const { logged } = await preflight({ CORS_ORIGINS: PAGE }, ['null', PAGE]);
    expect(logged).toMatchObject([{ origin: 'null', msg: expect.stringContaining('no origin that') }]);
  });

  it('does not fill the log, nor write into it what it likes', async () => {
    const odd = `https://u:p@x.example/${'\u00e9"'.repeat(300)}`;
    const many = Array.from({ length: MAX_ORIGINS + 20 }, (_, index) => `https://${index}.example`);
    const { logged } = await preflight({}, [odd, ...many]);
    expect(logged).toHaveLength(MAX_ORIGINS);
    expect(logged[0]?.['origin']).toMatch(/^https:\/\/x\.example\/\?+$/);
    expect(String(logged[0]?.['origin']).length).toBeLessThanOrEqual(200);
  });
});
