import {
  type CompactJWSHeaderParameters,
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  type JSONWebKeySet,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { onTestFinished } from 'vitest';
import type { AuthConfig } from '../../../src/server/auth/authenticator.ts';
import { DEFAULT_ACCOUNT } from '../../../src/shared/brands.ts';
import { json, type ScriptedUpstream, startScriptedUpstream } from '../../support/scripted-upstream.ts';

export const ISSUER = 'https://issuer.example/';
export const AUDIENCE = 'collections';
export const MAX_TOKEN_BYTES = 16_384;

/** A key pair of an issuer. */
export interface SigningKey {
  readonly alg: string;
  readonly kid: string;
  readonly privateKey: CryptoKey;
  /** The public half, as it stands in a key set. */
  readonly jwk: JWK;
}

export async function createSigningKey(kid: string, alg = 'ES256'): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return { alg, kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

export const keySet = (...keys: SigningKey[]): JSONWebKeySet => ({ keys: keys.map(({ jwk }) => jwk) });

/** Seconds of Unix time, so many from now. */
export const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;

/** Changes to the claims of a good token; `undefined` leaves one out. */
type ClaimChanges = Readonly<Record<string, unknown>>;

/** Claims of a good token. */
export const claims = (changes: ClaimChanges = {}): JWTPayload => ({
  iss: ISSUER,
  aud: AUDIENCE,
  sub: 'ada',
  exp: inSeconds(300),
  scope: 'collections:read',
  ...changes,
});

/** A token with these claims, signed. */
export function sign(
  { alg, kid, privateKey }: SigningKey,
  changes: ClaimChanges = {},
  header: Partial<CompactJWSHeaderParameters> = {},
): Promise<string> {
  return new SignJWT(claims(changes)).setProtectedHeader({ alg, kid, ...header }).sign(privateKey);
}

/** A good token of exactly this many characters, which not every length of one part allows. */
export async function signOfLength(key: SigningKey, length: number): Promise<string> {
  for (const typ of ['J', 'JW', 'JWT']) {
    const bare = await sign(key, { more: '' }, { typ });
    const more = 'x'.repeat(Math.floor(((length - bare.length) * 3) / 4));
    const token = await sign(key, { more }, { typ });
    if (token.length === length) return token;
  }
  throw new Error(`no token of ${length} characters was found`);
}

/** A token put together by hand from any header, claims and signature. */
export function forge(header: unknown, signature = '', payload: unknown = claims()): string {
  return `${encode(header)}.${encode(payload)}.${signature}`;
}

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** Starts a server that publishes these keys, closed when the test is over. */
export async function publishKeys(...keys: SigningKey[]): Promise<ScriptedUpstream> {
  const server = await startScriptedUpstream(() => json(keySet(...keys)));
  onTestFinished(() => server.close());
  return server;
}

/** Settings that trust the keys of this server. */
export function trust(keyServer: ScriptedUpstream): AuthConfig {
  return {
    mode: 'jwt',
    jwksUrl: new URL(keyServer.url),
    jwksProxy: null,
    issuer: ISSUER,
    audience: AUDIENCE,
    accountClaim: null,
    accounts: new Set([DEFAULT_ACCOUNT]),
    maxTokenBytes: MAX_TOKEN_BYTES,
  };
}
