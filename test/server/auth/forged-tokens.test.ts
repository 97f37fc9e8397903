import { exportSPKI, importJWK, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { openFrontDesk, refusedToken } from './front-desk.ts';
import { claims, createSigningKey, forge, publishKeys, sign, trust } from './token-issuer.ts';

const key = await createSigningKey('key-1');
const rsaKey = await createSigningKey('rsa', 'RS256');
const strangerKey = await createSigningKey('key-1');
const NOT_ACCEPTED = refusedToken(/not accepted/);

async function openDesk() {
  const keyServer = await publishKeys(key, rsaKey);
  return { ...(await openFrontDesk(trust(keyServer))), keyServer };
}

describe('a forged token', () => {
  it.each(['none', 'None', 'NONE', 'nOnE', '', 'HS256', 'RSA1_5', 'constructor', '__proto__', null, 1])(
    'with the algorithm %j is refused with nothing fetched',
    async (alg) => {
      const desk = await openDesk();
      for (const signature of ['', 'AAAA']) {
        const token = forge({ alg, kid: key.kid }, signature);
        expect(await desk.present(token)).toMatchObject(NOT_ACCEPTED);
      }
      expect(desk.keyServer.requests).toHaveLength(0);
    },
  );

  it('that uses a public key as a shared secret is refused', async () => {
    const desk = await openDesk();
    const publicKey = await importJWK(rsaKey.jwk, 'RS256', { extractable: true });
    if (publicKey instanceof Uint8Array) throw new Error('the key is not a public one');
    for (const secret of [await exportSPKI(publicKey), JSON.stringify(rsaKey.jwk), rsaKey.jwk.n ?? '']) {
      for (const alg of ['HS256', 'HS384', 'HS512']) {
        const token = await new SignJWT(claims())
          .setProtectedHeader({ alg, kid: rsaKey.kid })
          .sign(Buffer.from(secret.padEnd(64, '=')));
        expect(await desk.present(token)).toMatchObject(NOT_ACCEPTED);
      }
    }
  });

  it('signed by a shared secret is refused even when the key set holds that secret', async () => {
    const k = Buffer.alloc(64, 'x');
    const shared = { ...key, jwk: { kty: 'oct', kid: 'shared', alg: 'HS256', k: k.toString('base64url') } };
    const desk = await openFrontDesk(trust(await publishKeys(key, shared)));
    const token = await new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: 'shared' }).sign(k);
    expect(await desk.present(token)).toMatchObject(NOT_ACCEPTED);
  });

  it('that brings its own key is refused, and nothing is fetched from where it points', async () => {
    const desk = await openDesk();
    const stranger = await publishKeys(strangerKey);
    const headers = [
      { jwk: strangerKey.jwk },
      { jku: stranger.url },
      { x5u: stranger.url },
      { x5c: [Buffer.from('certificate').toString('base64')] },
      { jku: stranger.url, jwk: strangerKey.jwk, kid: stranger.url },
    ];
    for (const header of headers)
      expect(await desk.present(await sign(strangerKey, {}, header))).toMatchObject(NOT_ACCEPTED);
    expect(stranger.requests).toHaveLength(0);
    expect(await desk.present(await sign(key, {}, { jku: stranger.url }))).toMatchObject({ caller: {} });
    expect(stranger.requests).toHaveLength(0);
  });

  it.each([
    ['a path', '../../etc/passwd'],
    ['an injection', "key-1' OR '1'='1"],
    ['a prototype', '__proto__'],
    ['empty', ''],
    ['huge', 'k'.repeat(3_000)],
    ['a number', 1],
    ['null', null],
    ['a list', ['key-1']],
    ['an object', { toString: 'key-1' }],
  ])('whose kid is %s is refused', async (_what, kid) => {
    const desk = await openDesk();
    const token = await sign(strangerKey);
    const [, , signature] = token.split('.');
    expect(await desk.present(forge({ alg: 'ES256', kid }, signature))).toMatchObject(NOT_ACCEPTED);
  });

  it('that says to skip what the signature covers is refused', async () => {
    const desk = await openDesk();
    for (const header of [
      { crit: ['x'], x: 1 },
      { b64: false, crit: ['b64'] },
    ]) {
      const [, , signature] = (await sign(key)).split('.');
      const token = forge({ alg: key.alg, kid: key.kid, ...header }, signature);
      expect(await desk.present(token)).toMatchObject(NOT_ACCEPTED);
    }
  });

  it('whose claims or signature were changed is refused', async () => {
    const desk = await openDesk();
    const [header, , signature] = (await sign(key)).split('.');
    const otherPayload = (await sign(key, { scope: 'collections:write' })).split('.')[1];
    const altered = [`${header}.${otherPayload}.${signature}`, `${header}.${otherPayload}.`];
    for (const token of altered) expect(await desk.present(token)).toMatchObject(NOT_ACCEPTED);
  });
});
