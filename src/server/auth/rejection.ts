import { assertNever } from '../../shared/assert-never.ts';
import type { Refusal } from '../edge/refusal.ts';

/** Why a caller is not let in. */
export type Rejection =
  | { readonly kind: 'missing' }
  | { readonly kind: 'doubled' }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'not-yet-valid' }
  /** `reason` is for the log: a code or the name of a claim, never what it holds. */
  | { readonly kind: 'not-accepted'; readonly reason: string }
  /** The token is good, but of no account of this gateway. */
  | { readonly kind: 'no-account' }
  | { readonly kind: 'keys-unavailable'; readonly retryAfterMs: number };

/** The challenge of RFC 6750, to which what is wrong with a token is added. */
export const CHALLENGE = 'Bearer realm="collections"';

/** What callers are known by. */
export type Credential = 'API key' | 'token';

/** Puts a rejection into words for the caller, with the challenge of RFC 6750. */
export function toRefusal(rejection: Rejection, credential: Credential): Refusal {
  const form = `Authorization: Bearer <${credential}>`;
  switch (rejection.kind) {
    case 'missing':
      return unauthenticated(`The request has no ${credential}: send the header "${form}".`, CHALLENGE);
    case 'doubled':
      return invalidToken(`The request has more than one Authorization header: send "${form}" once.`);
    case 'malformed':
      return invalidToken(`The Authorization header cannot be read: send "${form}".`);
    case 'too-long':
      return invalidToken(`The ${credential} is too long to be one of this service: send another.`);
    case 'expired':
      return invalidToken('The token has expired: get a new one.');
    case 'not-yet-valid':
      return invalidToken('The token is not valid yet: send it later, or get another.');
    case 'not-accepted':
      return invalidToken(`The ${credential} is not accepted: get one that was issued for this service.`);
    case 'no-account':
      return {
        status: 403,
        code: 'FORBIDDEN',
        message:
          'The token names no account that this service works with: get one for an account that it does.',
      };
    case 'keys-unavailable':
      return {
        status: 503,
        code: 'OVERLOADED',
        message: 'The token cannot be checked at the moment: send the request again a little later.',
        retryAfterMs: rejection.retryAfterMs,
      };
    default:
      return assertNever(rejection);
  }
}

function invalidToken(message: string): Refusal {
  return unauthenticated(message, `${CHALLENGE}, error="invalid_token"`);
}

function unauthenticated(message: string, challenge: string): Refusal {
  return { status: 401, code: 'UNAUTHENTICATED', message, headers: { 'www-authenticate': challenge } };
}
