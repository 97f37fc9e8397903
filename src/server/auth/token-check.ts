import { errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose';
import type { Logger } from '../../shared/logger.ts';
import { fail, type Result, succeed } from '../../shared/result.ts';
import { type Caller, isCallerName, isScope } from './caller.ts';
import { KeySet, KeysUnavailable } from './key-set.ts';
import type { Rejection } from './rejection.ts';
import { VerifiedTokens } from './verified-tokens.ts';

/** Whose tokens are accepted. */
export interface TokenSettings {
  readonly jwksUrl: URL;
  readonly issuer: string;
  readonly audience: string;
}

const CLOCK_TOLERANCE_S = 5;
const MAX_SUBJECT_LENGTH = 256;
// Asymmetric only: with a shared secret allowed, the public key could pass for that secret.
const ALGORITHMS = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ');

/** Gives a function that tells whom a signed token (JWT) stands for; at once for one that it has seen just now. */
export function createTokenCheck(
  { jwksUrl, issuer, audience }: TokenSettings,
  logger: Logger,
): (token: string) => Result<Caller, Rejection> | Promise<Result<Caller, Rejection>> {
  const keys = new KeySet(jwksUrl, logger);
  const verified = new VerifiedTokens();
  const options: JWTVerifyOptions = {
    algorithms: ALGORITHMS,
    issuer,
    audience,
    clockTolerance: CLOCK_TOLERANCE_S,
    requiredClaims: ['exp', 'sub'],
  };
  const verify = async (token: string): Promise<Result<Caller, Rejection>> => {
    try {
      const { payload } = await jwtVerify(token, (header, jws) => keys.find(header, jws), options);
      const { sub: name, exp = 0 } = payload;
      if (!isCallerName(name, MAX_SUBJECT_LENGTH)) return fail({ kind: 'not-accepted', reason: 'sub' });
      const caller: Caller = { name, account: name, scopes: new Set(scopeWords(payload).filter(isScope)) };
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

// Some issuers write `scp`, as a list.
function scopeWords({ scope, scp }: JWTPayload): readonly unknown[] {
  const words = scope ?? scp;
  if (typeof words === 'string') return words.split(' ');
  return Array.isArray(words) ? words : [];
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
  return { kind: 'not-accepted', reason: error instanceof errors.JOSEError ? error.code : 'unusable key' };
}
