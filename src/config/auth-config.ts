import type { ApiKey, AuthConfig } from '../server/auth/authenticator.ts';
import { assertNever } from '../shared/assert-never.ts';
import { type AccountName, DEFAULT_ACCOUNT } from '../shared/brands.ts';
import { type ListedKey, parseApiKeys } from './parse-api-keys.ts';
import { isInsecure } from './values.ts';
import type { Settings } from './variables/variables.ts';

type CallerSettings = Settings['callers'];
type FindProxy = (url: URL) => URL | null;
/** The accounts that are configured; `null` while that is not known, as their own configuration is bad. */
type Accounts = ReadonlySet<AccountName> | null;

/**
 * Reads how callers are told apart, and which account each belongs to.
 * @param findProxy tells through which proxy a URL is called, if through one
 * @param problems is added to when what the mode needs is not there; then the result is `null`
 */
export function parseAuth(
  settings: CallerSettings,
  accounts: Accounts,
  findProxy: FindProxy,
  problems: string[],
): AuthConfig | null {
  const { mode } = settings;
  switch (mode) {
    case 'none':
      return isDefaultThere(accounts, 'AUTH_MODE is none', problems) ? { mode } : null;
    case 'api-key':
      return parseKeys(settings, accounts, problems);
    case 'jwt':
      return parseJwt(settings, accounts, findProxy, problems);
    default:
      return assertNever(mode);
  }
}

function parseKeys({ apiKeys }: CallerSettings, accounts: Accounts, problems: string[]): AuthConfig | null {
  if (apiKeys === undefined) {
    problems.push('AUTH_API_KEYS must be set (or AUTH_API_KEYS_FILE) when AUTH_MODE is api-key.');
    return null;
  }
  const keys = parseApiKeys(apiKeys);
  if (!keys.ok) problems.push(...keys.failure.map((problem) => `AUTH_API_KEYS: ${problem}`));
  return keys.ok && accounts ? { mode: 'api-key', keys: toAccounts(keys.value, accounts, problems) } : null;
}

function toAccounts(
  keys: readonly ListedKey[],
  accounts: ReadonlySet<AccountName>,
  problems: string[],
): readonly ApiKey[] {
  return keys.flatMap(({ account: wanted, ...key }, index) => {
    const account = [...accounts].find((name) => name === (wanted ?? DEFAULT_ACCOUNT));
    if (account !== undefined) return { ...key, account };
    problems.push(
      wanted === undefined
        ? `AUTH_API_KEYS: [${index}] must have an "account", as there is no account "default"`
        : `AUTH_API_KEYS: [${index}].account must be the name of an account that is configured`,
    );
    return [];
  });
}

function parseJwt(
  settings: CallerSettings,
  accounts: Accounts,
  findProxy: FindProxy,
  problems: string[],
): AuthConfig | null {
  const { jwksUrl, issuer, audience, maxTokenBytes, accountClaim = null } = settings;
  const needed = { AUTH_JWKS_URL: jwksUrl, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience };
  for (const [name, value] of Object.entries(needed)) {
    if (value === undefined) problems.push(`${name} must be set when AUTH_MODE is jwt.`);
  }
  if (jwksUrl && isInsecure(jwksUrl))
    problems.push('AUTH_JWKS_URL must be https: whoever alters the keys lets himself in.');
  if (accountClaim === null) isDefaultThere(accounts, 'AUTH_ACCOUNT_CLAIM is not', problems);
  if (!jwksUrl || issuer === undefined || audience === undefined || accounts === null) return null;
  const claims = { issuer, audience, accountClaim, accounts };
  return { mode: 'jwt', jwksUrl, jwksProxy: findProxy(jwksUrl), maxTokenBytes, ...claims };
}

function isDefaultThere(accounts: Accounts, when: string, problems: string[]): boolean {
  if (accounts === null || accounts.has(DEFAULT_ACCOUNT)) return true;
  problems.push(
    `SCENARIO_SDK_API_KEY and SCENARIO_SDK_API_SECRET must be set when ${when}: every caller works with the account "default".`,
  );
  return false;
}
