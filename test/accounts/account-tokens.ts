import { AUDIENCE, createSigningKey, ISSUER, publishKeys, sign } from '../server/auth/token-issuer.ts';
import { bearing } from '../server/front-door/keys.ts';
import type { QueryInit } from '../support/gateway.ts';

export const CLAIM = 'https://studio.example/account';

/** Tokens of one caller, `ada`, that differ in their claims alone. */
export interface AccountTokens {
  /** The variables of a gateway that accepts them. */
  readonly env: Record<string, string>;
  /** What presents a token with these claims. */
  present(claims: object): Promise<QueryInit>;
}

export async function issueTokens(): Promise<AccountTokens> {
  const key = await createSigningKey('key-1');
  const { url } = await publishKeys(key);
  return {
    env: {
      AUTH_MODE: 'jwt',
      AUTH_JWKS_URL: url,
      AUTH_ISSUER: ISSUER,
      AUTH_AUDIENCE: AUDIENCE,
      AUTH_ACCOUNT_CLAIM: CLAIM,
    },
    present: async (claims) =>
      bearing(await sign(key, { scope: 'collections:read collections:write', ...claims })),
  };
}
