import { generateKeyPairSync } from 'node:crypto';
import { exportJWK, SignJWT } from 'jose';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { json } from '../../support/scripted-upstream.ts';
import { openFrontDesk, refusedToken } from './front-desk.ts';
import { claims, createSigningKey, publishKeys, type SigningKey, sign, trust } from './token-issuer.ts';

const first = await createSigningKey('key-1');
const second = await createSigningKey('key-1');
const rsaKey = await createSigningKey('key-2', 'RS256');
// Shorter than RFC 7518 allows.
const weakJwk = await exportJWK(generateKeyPairSync('rsa', { modulusLength: 1_024 }).publicKey);
const stranger = await createSigningKey('key-1');

const ACCEPTED = { caller: { name: 'ada' } };
const NOT_ACCEPTED = refusedToken(/not accepted/);

const without = (member: 'kid' | 'alg' | 'use', { jwk, ...key }: SigningKey): SigningKey => ({
  ...key,
  jwk: { ...jwk, [member]: undefined },
});

const signWithoutKid = ({ alg, privateKey }: SigningKey): Promise<string> =>
  new SignJWT(claims()).setProtectedHeader({ alg }).sign(privateKey);

async function openDesk(...keys: readonly SigningKey[]) {
  const keyServer = await publishKeys(...keys);
  return { ...(await openFrontDesk(trust(keyServer))), keyServer };
}

describe('of several keys that fit a token, the one that has signed it is found, and no other will do', () => {
  it.each([
    ['when one kid stands twice', [first, second]],
    ['when no key has a kid', [without('kid', first), without('kid', second)]],
    ['when another key has the kid, and one has none', [without('kid', first), second]],
    ['when other kinds of keys stand between', [rsaKey, first, without('kid', rsaKey), second]],
    ['when the keys do not name their algorithm', [without('alg', first), without('alg', second)]],
  ])('%s', async (_when, keys) => {
    const desk = await openDesk(...keys);
    for (const key of [first, second]) {
      expect(await desk.present(await sign(key))).toMatchObject(ACCEPTED);
      expect(await desk.present(await signWithoutKid(key))).toMatchObject(ACCEPTED);
    }
    expect(await desk.present(await sign(stranger))).toMatchObject(NOT_ACCEPTED);
    expect(await desk.present(await signWithoutKid(stranger))).toMatchObject(NOT_ACCEPTED);
    expect(desk.keyServer.requests).toHaveLength(1);
  });

  it('also when one of them is of no use', async () => {
    const broken = { ...first, jwk: { ...first.jwk, x: 'AAAA' } };
    const weak = { ...rsaKey, jwk: { ...weakJwk, kid: 'key-2', alg: 'RS256' } };
    const desk = await openDesk(broken, second, weak, rsaKey);
    for (const key of [second, rsaKey]) expect(await desk.present(await sign(key))).toMatchObject(ACCEPTED);
    expect(await desk.present(await sign(first))).toMatchObject(NOT_ACCEPTED);
  });

  it('but a kid that names one key alone is not ignored', async () => {
    const desk = await openDesk(first, { ...second, jwk: { ...second.jwk, kid: 'key-9' } });
    expect(await desk.present(await sign(second))).toMatchObject(NOT_ACCEPTED);
  });

  it('whose claims do not hold is told so, whichever key has signed it', async () => {
    const desk = await openDesk(first, second);
    for (const key of [first, second]) {
      expect(await desk.present(await sign(key, { exp: 1 }))).toMatchObject(refusedToken(/expired/));
    }
  });

  it('and no more than 16 are tried', async () => {
    const keyServer = await publishKeys();
    const others = Array.from({ length: 16 }, () => first.jwk);
    keyServer.answer = () => json({ keys: [...others, second.jwk] });
    const desk = await openFrontDesk(trust(keyServer));
    expect(await desk.present(await sign(first))).toMatchObject(ACCEPTED);
    const checks = vi.spyOn(crypto.subtle, 'verify');
    onTestFinished(() => checks.mockRestore());
    expect(await desk.present(await sign(second))).toMatchObject(NOT_ACCEPTED);
    expect(checks).toHaveBeenCalledTimes(16);
  });

  it('but none for a token whose kid is no text', async () => {
    const desk = await openDesk(without('kid', first));
    const header = JSON.parse('{"alg":"ES256","kid":1}');
    const token = await new SignJWT(claims()).setProtectedHeader(header).sign(first.privateKey);
    expect(await desk.present(token)).toMatchObject(NOT_ACCEPTED);
  });
});
