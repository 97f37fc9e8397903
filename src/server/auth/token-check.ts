import {
  decodeProtectedHeader,
  errors,
  type JWSHeaderParameters,
  type JWTPayload,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';
import { type AccountName, DEFAULT_ACCOUNT } from '../../shared/brands.ts';
import type { Logger } from '../../shared/logger.ts';
import { fail, type Result, succeed } from '../../shared/result.ts';
import { type Caller, isCallerName } from './caller.ts';
import { KeySet, KeysUnavailable } from './key-set.ts';
import type { Rejection } from './rejection.ts';
import { grantedScopes, isIssuedFor, namedAccount } from './token-claims.ts';
import { VerifiedTokens } from './verified-tokens.ts';

/** Whose tokens are accepted. */
export interface TokenSettings {
  readonly jwksUrl: URL;
  /** Through which its keys are fetched, if through one. */
  readonly jwksProxy: URL | null;
  readonly issuer: string;
  readonly audience: string;
  /** The claim that names a token's account; without one every token is of the default account. */
  readonly accountClaim: string | null;
  /** Those that a claim may name. */
  readonly accounts: ReadonlySet<AccountName>;
  /** A longer token is not looked at. */
  readonly maxTokenBytes: number;
}

const CLOCK_TOLERANCE_S = 5;
const MAX_SUBJECT_LENGTH = 256;
// Asymmetric only: with a shared secret allowed, the public key could pass for that secret.
const ALGORITHMS = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ');

/** Gives a function that tells whom a signed token (JWT) stands for; at once for one that it has seen just now. */
export function createTokenCheck(
  { jwksUrl, jwksProxy, issuer, audience, accountClaim, accounts }: TokenSettings,
  logger: Logger,
): (token: string) => Result<Caller, Rejection> | Promise<Result<Caller, Rejection>> {
  const keys = new KeySet(jwksUrl, jwksProxy, logger);
  const verified = new VerifiedTokens();
  const options: JWTVerifyOptions = {
    algorithms: ALGORITHMS,
    issuer,
    clockTolerance: CLOCK_TOLERANCE_S,
    requiredClaims: ['exp', 'sub'],
  };
  const verify = async (token: string): Promise<Result<Caller, Rejection>> => {
    try {
      const payload = await verifyWithAny(token, keys, options);
      const { sub: name, exp = 0 } = payload;
      if (!isIssuedFor(audience, payload)) return fail({ kind: 'not-accepted', reason: 'aud' });
      if (!isCallerName(name, MAX_SUBJECT_LENGTH)) return fail({ kind: 'not-accepted', reason: 'sub' });
      const account = accountClaim === null ? DEFAULT_ACCOUNT : namedAccount(payload, accountClaim, accounts);
      if (account === null) return fail({ kind: 'no-account' });
      const caller: Caller = { identity: name, name, scopes: grantedScopes(payload), account };
      verified.add(token, caller, exp * 1_000);
      return succeed(caller);
    } catch (error) {
      return fail(explain(error));
    }
  };
  return (token) => {
    const caller = verified.find(token);
    return caller ? succeed(caller) : verify(token);
  };
}

/**
 * Checks a token by one key after the other, until one has signed it.
 * @throws KeysUnavailable; an error of jose when no key has signed it, or its claims do not hold
 */
async function verifyWithAny(token: string, keys: KeySet, options: JWTVerifyOptions): Promise<JWTPayload> {
  let failure: unknown = new errors.JWKSNoMatchingKey();
  for await (const key of keys.candidates(readHeader(token))) {
    try {
      return (await jwtVerify(token, key, options)).payload;
    } catch (error) {
      if (!isAboutKey(error)) throw error;
      failure = error;
    }
  }
  throw failure;
}

/** Whether another key may do better: this one has not signed the token, or is too weak to be used. */
function isAboutKey(error: unknown): boolean {
  return error instanceof errors.JWSSignatureVerificationFailed || error instanceof TypeError;
}

/** @throws an error of jose for what no key could make good: nothing is fetched for it */
function readHeader(token: string): JWSHeaderParameters {
  const header = decodeProtectedHeader(token);
  if (header.alg === undefined || !ALGORITHMS.includes(header.alg)) throw new errors.JOSEAlgNotAllowed();
  return header;
}

function explain(error: unknown): Rejection {
  if (error instanceof KeysUnavailable) return { kind: 'keys-unavailable', retryAfterMs: error.retryAfterMs };
  if (error instanceof errors.JWTExpired) return { kind: 'expired' };
  if (error instanceof errors.JWTClaimValidationFailed) {
    const { claim, reason } = error;
    return claim === 'nbf' && reason === 'check_failed'
      ? { kind: 'not-yet-valid' }
      : { kind: 'not-accepted', reason: claim };
  }
  return {
    kind: 'not-accepted',
    reason: error instanceof errors.JOSEError ? error.code : 'malformed token or unusable key',
  };
}
