import { describe, expect, it } from 'vitest';
import { codesOf, everyCollection, openFrontDoor } from '../../support/front-door.ts';
import { reset } from '../../support/scripted-upstream.ts';
import { bearing } from '../front-door/keys.ts';
import {
  AUDIENCE,
  createSigningKey,
  ISSUER,
  MAX_TOKEN_BYTES,
  publishKeys,
  sign,
  signOfLength,
} from './token-issuer.ts';

const key = await createSigningKey('key-1');
const READ = '{ collection(id: "col_1") { name } }';

async function openGateway(env: Record<string, string> = {}) {
  const keyServer = await publishKeys(key);
  const settings = { AUTH_JWKS_URL: keyServer.url, AUTH_ISSUER: ISSUER, AUTH_AUDIENCE: AUDIENCE };
  const door = await openFrontDoor(everyCollection, { AUTH_MODE: 'jwt', ...settings, ...env });
  return { ...door, keyServer };
}

describe('a gateway that asks for tokens', () => {
  it.each([
    ['of Auth0', { scope: 'openid', permissions: ['collections:read'] }],
    ['of Cognito', { aud: undefined, client_id: AUDIENCE, token_use: 'access' }],
    ['of Entra', { scope: undefined, roles: ['collections:read'] }],
    ['of Okta', { scope: undefined, scp: ['collections:read'] }],
  ])('answers whoever has one %s', async (_whose, claims) => {
    const { query } = await openGateway();
    const answer = await query(READ, {}, bearing(await sign(key, claims)));
    expect([answer.status, answer.body.errors]).toEqual([200, undefined]);
  });

  it('takes one of as many bytes as MAX_TOKEN_BYTES says by default, and none longer', async () => {
    const { query } = await openGateway();
    const statuses: number[] = [];
    for (const length of [MAX_TOKEN_BYTES, MAX_TOKEN_BYTES + 1])
      statuses.push((await query(READ, {}, bearing(await signOfLength(key, length)))).status);
    expect(statuses).toEqual([200, 401]);
  });

  it('tells whoever comes while no keys are known when to come again, and nobody else', async () => {
    const { query, keyServer } = await openGateway();
    keyServer.answer = () => reset;
    const unchecked = await query(READ, {}, bearing(await sign(key)));
    expect([unchecked.status, unchecked.headers.get('retry-after')]).toEqual([503, '3']);
    expect(unchecked.body.errors?.[0]?.extensions).toEqual({
      code: 'OVERLOADED',
      requestId: expect.any(String),
      retryable: true,
      retryAfterMs: 3_000,
    });
    const missing = await query(READ);
    expect(missing.body.errors?.[0]?.extensions).toEqual({
      code: 'UNAUTHENTICATED',
      requestId: expect.any(String),
    });
    expect(missing.headers.get('retry-after')).toBeNull();
  });

  it('refuses without an upstream call whoever has none, and one that is too long', async () => {
    const { query, wire } = await openGateway({ MAX_TOKEN_BYTES: '1000' });
    for (const init of [{}, bearing(await sign(key, { more: 'x'.repeat(800) }))]) {
      const answer = await query(READ, {}, init);
      expect([answer.status, codesOf(answer)]).toEqual([401, ['UNAUTHENTICATED']]);
    }
    expect(wire()).toEqual([]);
    expect((await query(READ, {}, bearing(await sign(key)))).status).toBe(200);
  });
});
