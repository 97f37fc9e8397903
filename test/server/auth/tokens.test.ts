import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { noCredential, openFrontDesk, refusedToken } from './front-desk.ts';
import {
  AUDIENCE,
  claims,
  createSigningKey,
  ISSUER,
  inSeconds,
  MAX_TOKEN_BYTES,
  publishKeys,
  sign,
  signOfLength,
  trust,
} from './token-issuer.ts';

const key = await createSigningKey('key-1');
const rsaKey = await createSigningKey('rsa', 'RS256');
const NOT_ACCEPTED = refusedToken(/not accepted/);

async function openDesk() {
  const keyServer = await publishKeys(key, rsaKey);
  return { ...(await openFrontDesk(trust(keyServer))), keyServer };
}

describe('a token', () => {
  it('stands for its subject, with the scopes that are known here', async () => {
    const desk = await openDesk();
    const token = await sign(key, { scope: 'openid collections:write  collections:read collections:*' });
    expect(await desk.present(token)).toMatchObject({
      caller: { name: 'ada', scopes: ['collections:write', 'collections:read'] },
    });
  });

  it.each([
    'RS256',
    'RS384',
    'RS512',
    'PS256',
    'PS384',
    'PS512',
    'ES256',
    'ES384',
    'ES512',
    'EdDSA',
    'Ed25519',
  ])('may be signed by %s', async (alg) => {
    const other = await createSigningKey('other', alg);
    const desk = await openFrontDesk(trust(await publishKeys(key, other)));
    expect(await desk.present(await sign(other))).toMatchObject({ caller: { name: 'ada' } });
  });

  it.each([
    [{ scope: undefined }, []],
    [{ scope: '' }, []],
    [{ scope: 1 }, []],
    [{ scope: { 'collections:read': true } }, []],
    [{ scope: 'collections:readcollections:write COLLECTIONS:READ' }, []],
    [{ scope: ['collections:read'] }, ['collections:read']],
    [{ scope: undefined, scp: ['collections:read', 1, null] }, ['collections:read']],
    [{ scope: undefined, scp: 'openid collections:write' }, ['collections:write']],
    [{ scope: undefined, permissions: ['collections:read', 'x'] }, ['collections:read']],
    [{ scope: undefined, roles: ['collections:write'] }, ['collections:write']],
    [{ scope: undefined, permissions: { 0: 'collections:read' }, roles: 1 }, []],
    [{ scope: '', scp: ['collections:read'] }, ['collections:read']],
    [
      { scope: 'openid collections:read', permissions: ['collections:write', 'collections:read'] },
      ['collections:read', 'collections:write'],
    ],
    [{ scope: undefined, groups: ['collections:read'], cid: 'collections:read' }, []],
  ])('with %j has the scopes %j', async (changes, scopes) => {
    const desk = await openDesk();
    expect(await desk.present(await sign(key, changes))).toMatchObject({ caller: { scopes } });
  });

  it.each([
    ['for several audiences', { aud: ['others', AUDIENCE] }],
    ['of Cognito, for an app client', { aud: undefined, client_id: AUDIENCE, token_use: 'access' }],
    ['for this audience, asked for by another client', { client_id: 'others', azp: 'others' }],
    ['of a long subject', { sub: 'é'.repeat(256) }],
  ])('is accepted when it is one %s', async (_what, changes) => {
    const desk = await openDesk();
    expect(await desk.present(await sign(key, changes))).toMatchObject({ caller: {} });
  });

  it.each([
    ['for another audience', { aud: 'others' }],
    ['for a longer audience', { aud: `${AUDIENCE}2` }],
    ['for nobody', { aud: undefined }],
    ['for another app client', { aud: undefined, client_id: 'others' }],
    ['for a list of app clients', { aud: undefined, client_id: [AUDIENCE] }],
    ['for another audience, asked for by this client', { aud: 'others', client_id: AUDIENCE }],
    ['for an empty list of audiences', { aud: [], client_id: AUDIENCE }],
    ['for an audience that is null', { aud: null, client_id: AUDIENCE }],
    ['for nobody, asked for by a party of this name', { aud: undefined, azp: AUDIENCE }],
    ['of another issuer', { iss: 'https://other.example/' }],
    ['of an issuer that is nearly right', { iss: ISSUER.slice(0, -1) }],
    ['of no issuer', { iss: undefined }],
    ['without an end', { exp: undefined }],
    ['without a subject', { sub: undefined }],
    ['with an empty subject', { sub: '' }],
    ['with a subject of 257 characters', { sub: 'a'.repeat(257) }],
    ['with a line break in its subject', { sub: 'ada\nroot' }],
    ['with an escape in its subject', { sub: 'ada\u001b[2J' }],
  ])('is refused when it is one %s', async (_what, changes) => {
    const desk = await openDesk();
    expect(await desk.present(await sign(key, changes))).toMatchObject(NOT_ACCEPTED);
  });

  it.each([
    ['an end', { exp: '2100' }],
    ['a start', { nbf: 'now' }],
    ['a subject', { sub: 7 }],
    ['a subject (list)', { sub: ['ada'] }],
    ['an audience', { aud: { [AUDIENCE]: true } }],
  ])('is refused when what should be %s is of another type', async (_what, changes) => {
    const desk = await openDesk();
    const payload = JSON.parse(JSON.stringify({ ...claims(), ...changes }));
    const { privateKey, alg, kid } = key;
    const token = await new SignJWT(payload).setProtectedHeader({ alg, kid }).sign(privateKey);
    expect(await desk.present(token)).toMatchObject(NOT_ACCEPTED);
  });

  it('is refused before it is valid, and says so', async () => {
    const desk = await openDesk();
    const token = await sign(key, { nbf: inSeconds(60) });
    expect(await desk.present(token)).toMatchObject(refusedToken(/not valid yet/));
  });
});

describe('what is no token', () => {
  it.each(['x', 'a.b', 'a.b.c', '..', 'a.b.c.d.e', '{"alg":"none"}', '%00.%00.%00'])(
    '"%s" is refused with nothing fetched',
    async (text) => {
      const desk = await openDesk();
      expect(await desk.present(text)).toMatchObject(NOT_ACCEPTED);
      expect(desk.keyServer.requests).toHaveLength(0);
    },
  );

  it('is asked for when missing, and refused when doubled or too long', async () => {
    const desk = await openDesk();
    const token = await sign(key);
    expect(await desk.ask()).toMatchObject(noCredential('token'));
    expect(await desk.ask(`Basic ${token}`)).toMatchObject(refusedToken(/cannot be read/));
    expect(await desk.ask(`Bearer ${token}`, `Bearer ${token}`)).toMatchObject(refusedToken(/more than one/));
    expect(await desk.present('x'.repeat(100_000))).toMatchObject(refusedToken(/too long/));
  });

  it.each([
    [0, { caller: { name: 'ada' } }],
    [1, refusedToken(/too long/)],
  ])('or is longer than MAX_TOKEN_BYTES by %i is told so', async (excess, reception) => {
    const desk = await openDesk();
    const token = await signOfLength(key, MAX_TOKEN_BYTES + excess);
    expect(token).toHaveLength(MAX_TOKEN_BYTES + excess);
    expect(await desk.present(token)).toMatchObject(reception);
  });

  it('is neither shown nor logged', async () => {
    const desk = await openDesk();
    const tokens = [await sign(key, { sub: 'marker\n' }), await sign(key, { aud: 'marker' }), 'marker'];
    const receptions = JSON.stringify(await Promise.all(tokens.map((token) => desk.present(token))));
    const secrets = ['marker', ...tokens.flatMap((token) => token.split('.'))];
    expect(secrets.filter((text) => `${receptions}${desk.logged.join('')}`.includes(text))).toEqual([]);
    expect(desk.logged).toHaveLength(3);
  });
});
