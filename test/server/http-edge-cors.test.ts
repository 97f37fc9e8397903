import { describe, expect, it } from 'vitest';
import { everyCollection, openFrontDoor } from '../support/front-door.ts';
import { exchange } from './wire-exchange.ts';

const ALLOWED = 'https://app.example.com';
const ENV = { CORS_ORIGINS: `${ALLOWED}, http://localhost:3000` };
const BODY = JSON.stringify({ query: '{ __typename }' });

/** Asks as a browser would for a page of this origin. */
async function ask(
  origin: string,
  env: Record<string, string>,
  method: 'POST' | 'OPTIONS' = 'POST',
  names = 'content-type, authorization',
) {
  const { gateway } = await openFrontDoor(everyCollection, env);
  const own =
    method === 'POST'
      ? { 'content-type': 'application/json' }
      : { 'access-control-request-method': 'POST', 'access-control-request-headers': names };
  const body = method === 'POST' ? BODY : '';
  const answer = await exchange(gateway.url, { method, headers: { origin, ...own }, body });
  const cors = Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'));
  return { ...answer, cors, logLines: gateway.logLines };
}

describe('a page of another origin', () => {
  it.each(['POST', 'OPTIONS'] as const)('gets no leave by default, by %s', async (method) => {
    expect((await ask(ALLOWED, {}, method)).cors).toEqual([]);
  });

  it.each([ALLOWED, 'http://localhost:3000'])(
    'reads answers when its origin is named: %s',
    async (origin) => {
      const { status, headers } = await ask(origin, ENV);
      expect([status, headers['access-control-allow-origin']]).toEqual([200, origin]);
      expect(headers['access-control-expose-headers']).toContain('x-request-id');
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    },
  );

  it('is told by a preflight what it may send', async () => {
    const { status, headers } = await ask(ALLOWED, ENV, 'OPTIONS');
    expect([status, headers['access-control-allow-origin']]).toEqual([204, ALLOWED]);
    expect(headers['access-control-allow-methods']).toMatch(/\bPOST\b/);
    expect(headers['access-control-allow-headers']?.toLowerCase()).toContain('content-type');
    expect(headers['access-control-allow-headers']?.toLowerCase()).toContain('authorization');
    expect(Number(headers['access-control-max-age'])).toBeGreaterThan(0);
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it.each([
    'traceparent,tracestate,baggage',
    'apollographql-client-name, apollographql-client-version',
    'content-type',
    'x-anything_at.all, *',
  ])('may send any header, which the preflight echoes: %s', async (names) => {
    const { status, headers } = await ask(ALLOWED, ENV, 'OPTIONS', names);
    expect([status, headers['access-control-allow-headers']]).toEqual([204, names]);
    expect(headers.vary).toMatch(/access-control-request-headers/i);
  });

  it.each(['', ',', 'a b', 'content-type,', 'x: y', '"quoted"'])(
    'is not echoed what cannot be names of headers: "%s"',
    async (names) => {
      const { status, headers } = await ask(ALLOWED, ENV, 'OPTIONS', names);
      expect([status, headers['access-control-allow-headers']]).toEqual([204, undefined]);
    },
  );

  it.each([
    'capacitor://localhost',
    'ionic://localhost',
    'chrome-extension://gbpbafdiehdegnbpbafdiehdegnbpbaf',
  ])('may be one that an app brings along: %s', async (origin) => {
    const env = { CORS_ORIGINS: `https://a.example,${origin}` };
    for (const method of ['POST', 'OPTIONS'] as const)
      expect((await ask(origin, env, method)).headers['access-control-allow-origin']).toBe(origin);
    expect((await ask('ionic://other', env)).cors).toEqual([]);
  });

  it.each([
    'http://app.example.com',
    'https://app.example.com:8443',
    'https://app.example.com.evil.example',
    'https://evil-app.example.com',
    'https://sub.app.example.com',
    'https://app.example.comx',
    'https://appxexample.com',
    'HTTPS://APP.EXAMPLE.COM',
    `${ALLOWED}/`,
    `${ALLOWED}, http://localhost:3000`,
    'null',
    '*',
  ])('gets no leave with a look-alike: %s', async (origin) => {
    for (const method of ['POST', 'OPTIONS'] as const) {
      // Not even "null": that is the origin of every sandboxed frame.
      expect((await ask(origin, ENV, method)).headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it.each([ALLOWED, 'https://evil.example'])(
    'gets an answer that no cache gives to others: %s',
    async (origin) => {
      expect((await ask(origin, ENV)).headers.vary ?? '').toMatch(/\borigin\b/i);
    },
  );
});
