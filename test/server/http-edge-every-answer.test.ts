import { describe, expect, it } from 'vitest';
import { everyCollection, openFrontDoor } from '../support/front-door.ts';
import { type Answer, json, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { exchange, type WireRequest } from './wire-exchange.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (query: string, headers = {}): WireRequest => ({
  method: 'POST',
  headers: { ...JSON_TYPE, ...headers },
  body: JSON.stringify({ query }),
});

const ANSWERS: ReadonlyArray<readonly [what: string, request: WireRequest, status: number]> = [
  ['data', post('{ collection(id: "col_1") { name } }'), 200],
  ['data by GET', { target: '/graphql?query=%7B__typename%7D' }, 200],
  ['a document that does not fit', post('{ unknown }'), 400],
  ['a body of another type', { method: 'POST', body: 'query' }, 415],
  ['a method that is not taken', { method: 'PUT' }, 405],
  ['health', { target: '/livez' }, 200],
  ['readiness', { target: '/readyz' }, 200],
  ['nothing there', { target: '/nothing' }, 404],
  ['a Host that is none', { headers: { host: 'a b' } }, 400],
  ['GraphiQL', { headers: { accept: 'text/html' } }, 200],
];

describe('every answer', () => {
  it.each(ANSWERS)(
    'bears the id of its request, and is neither stored nor guessed at: %s',
    async (...row) => {
      const [, request, status] = row;
      const { gateway } = await openFrontDoor(everyCollection, { GRAPHIQL: 'true' });
      const headers = { ...request.headers, 'x-request-id': 'asked-by-a-test' };
      expect(await exchange(gateway.url, { ...request, headers })).toMatchObject({
        status,
        headers: {
          'x-request-id': 'asked-by-a-test',
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
        },
      });
    },
  );
});

/** Throttles: the first collection is to be asked for later than all others. */
const throttle: Answer = ({ path }) => json({}, 429, { 'retry-after': path.endsWith('col_1') ? '90' : '30' });

/** What an answer says on when to come back, in its header and in each of its errors. */
async function waitsOf(request: WireRequest, env: Record<string, string> = {}) {
  const { gateway } = await openFrontDoor(throttle, env);
  const { status, headers, body } = await exchange(gateway.url, request);
  const inErrors = [...body.matchAll(/"retryAfterMs":(\d+)/g)].map((match) => Number(match[1]));
  return { status, inHeader: Number(headers['retry-after']), inErrors };
}

describe('Retry-After', () => {
  it('stands wherever an error says when to come back, in whole seconds and never too early', async () => {
    const request = post('{ collection(id: "col_1") { name } }');
    const { status, inHeader, inErrors } = await waitsOf(request);
    expect([status, inErrors.length]).toEqual([200, 1]);
    expect(inHeader).toBe(Math.ceil(Math.max(...inErrors) / 1_000));
  });

  it('tells the longest of several waits', async () => {
    const request = post('{ a: collection(id: "col_1") { name } b: collection(id: "col_2") { name } }');
    const { inHeader, inErrors } = await waitsOf(request);
    expect(inErrors).toHaveLength(2);
    expect(inHeader).toBe(Math.ceil(Math.max(...inErrors) / 1_000));
  });

  it('stands in the refusal of a token that cannot be checked now', async () => {
    const keyServer = await startScriptedUpstream(() => json({}, 500));
    const env = {
      AUTH_MODE: 'jwt',
      AUTH_JWKS_URL: `${keyServer.url}/jwks`,
      AUTH_ISSUER: 'https://issuer.example',
      AUTH_AUDIENCE: 'collections',
    };
    // Enough of a token to need a key; nobody signed it.
    const head = Buffer.from(JSON.stringify({ alg: 'RS256', kid: 'a' })).toString('base64url');
    const request = post('{ __typename }', { authorization: `Bearer ${head}.e30.AAAA` });
    const { status, inHeader, inErrors } = await waitsOf(request, env);
    await keyServer.close();
    expect([status, inErrors.length]).toEqual([503, 1]);
    expect(inHeader).toBe(Math.ceil(Math.max(...inErrors) / 1_000));
  });
});
