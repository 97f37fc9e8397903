import type { JWTPayload } from 'jose';
import { type AccountName, isAccountName } from '../../shared/brands.ts';
import { isScope, type Scope } from './caller.ts';

// OAuth's name, Okta's and Entra's, Auth0's, and Entra's for applications.
const SCOPE_CLAIMS = ['scope', 'scp', 'permissions', 'roles'] as const;

/** The scopes that a token grants, whichever claims its issuer writes them to: words of a text, or a list. */
export function grantedScopes(payload: JWTPayload): ReadonlySet<Scope> {
  return new Set(SCOPE_CLAIMS.flatMap((claim) => wordsOf(payload[claim])).filter(isScope));
}

function wordsOf(value: unknown): readonly unknown[] {
  if (typeof value === 'string') return value.split(' ');
  return Array.isArray(value) ? value : [];
}

/**
 * Whether a token was issued for this audience. Access tokens of Amazon Cognito have no `aud`, and name the app client
 * in `client_id`. `azp` never stands in for it: it names who asked for the token, whatever that is for.
 */
export function isIssuedFor(audience: string, { aud, client_id: clientId }: JWTPayload): boolean {
  if (aud === undefined) return clientId === audience;
  return Array.isArray(aud) ? aud.includes(audience) : aud === audience;
}

/** The account that a token names in this claim; `null` for anything but the name of one of these, and nothing else. */
export function namedAccount(
  payload: JWTPayload,
  claim: string,
  accounts: ReadonlySet<AccountName>,
): AccountName | null {
  const name = payload[claim];
  return isAccountName(name) && accounts.has(name) ? name : null;
}
