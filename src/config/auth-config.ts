import type { ApiKey, AuthConfig } from '../server/auth/authenticator.ts';
import { assertNever } from '../shared/assert-never.ts';
import { type AccountName, DEFAULT_ACCOUNT } from '../shared/brands.ts';
import { type ListedKey, parseApiKeys } from './parse-api-keys.ts';
import { valuesIn } from './parse-secret-list.ts';
import type { Problems } from './problems.ts';
import { isInsecure } from './values.ts';
import type { Settings } from './variables/variables.ts';

type CallerSettings = Settings['callers'];
type FindProxy = (url: URL) => URL | null;
/** The accounts that are configured; `null` where that cannot be told, as their own configuration is bad. */
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
  problems: Problems,
): AuthConfig | null {
  const { mode } = settings;
  const keys = readKeys(settings, problems);
  if (problems.has('AUTH_MODE')) return checkWhatIsSet(settings, accounts, problems);
  switch (mode) {
    case 'none':
      return isDefaultThere(accounts, 'AUTH_MODE is none', problems) ? { mode } : null;
    case 'api-key':
      return parseKeys(settings, keys, accounts, problems);
    case 'jwt':
      return parseJwt(settings, accounts, findProxy, problems);
    default:
      return assertNever(mode);
  }
}

/** Checks the list of keys, whether the mode asks for it or not. */
function readKeys({ apiKeys }: CallerSettings, problems: Problems): readonly ListedKey[] | null {
  if (apiKeys === undefined) return null;
  const keys = parseApiKeys(apiKeys);
  if (keys.ok) return keys.value;
  for (const problem of keys.failure) problems.addInside('AUTH_API_KEYS', problem);
  return null;
}

/** For a mode that is not known: nothing is missing then. */
function checkWhatIsSet(settings: CallerSettings, accounts: Accounts, problems: Problems): null {
  checkAccounts(settings, accounts, problems);
  checkJwksUrl(settings, problems);
  return null;
}

function parseKeys(
  settings: CallerSettings,
  listed: readonly ListedKey[] | null,
  accounts: Accounts,
  problems: Problems,
): AuthConfig | null {
  if (settings.apiKeys === undefined)
    problems.addMissing('AUTH_API_KEYS', 'must be set (or AUTH_API_KEYS_FILE) when AUTH_MODE is api-key.');
  checkAccounts(settings, accounts, problems);
  if (listed === null || accounts === null) return null;
  const keys = listed.flatMap(({ account = DEFAULT_ACCOUNT, ...key }): readonly ApiKey[] => {
    const known = [...accounts].find((name) => name === account);
    return known === undefined ? [] : [{ ...key, account: known }];
  });
  return { mode: 'api-key', keys };
}

/** Looks at the account of each key, whatever else is wrong with the list. */
function checkAccounts({ apiKeys }: CallerSettings, accounts: Accounts, problems: Problems): void {
  if (apiKeys === undefined || accounts === null) return;
  const names = new Set<unknown>(accounts);
  valuesIn(apiKeys, 'account').forEach((account, index) => {
    if (account === undefined && !names.has(DEFAULT_ACCOUNT))
      problems.addInside(
        'AUTH_API_KEYS',
        `[${index}] must have an "account", as there is no account "default"`,
      );
    if (typeof account === 'string' && !names.has(account))
      problems.addInside(
        'AUTH_API_KEYS',
        `[${index}].account must be the name of an account that is configured`,
      );
  });
}

function parseJwt(
  settings: CallerSettings,
  accounts: Accounts,
  findProxy: FindProxy,
  problems: Problems,
): AuthConfig | null {
  const { jwksUrl, issuer, audience, maxTokenBytes, accountClaim = null } = settings;
  const needed = { AUTH_JWKS_URL: jwksUrl, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience };
  for (const [name, value] of Object.entries(needed)) {
    if (value === undefined) problems.addMissing(name, 'must be set when AUTH_MODE is jwt.');
  }
  checkJwksUrl(settings, problems);
  if (accountClaim === null) isDefaultThere(accounts, 'AUTH_ACCOUNT_CLAIM is not', problems);
  if (!jwksUrl || issuer === undefined || audience === undefined || accounts === null) return null;
  const claims = { issuer, audience, accountClaim, accounts };
  return { mode: 'jwt', jwksUrl, jwksProxy: findProxy(jwksUrl), maxTokenBytes, ...claims };
}

function checkJwksUrl({ jwksUrl }: CallerSettings, problems: Problems): void {
  if (jwksUrl && isInsecure(jwksUrl))
    problems.add('AUTH_JWKS_URL', 'must be https: whoever alters the keys lets himself in.');
}

function isDefaultThere(accounts: Accounts, when: string, problems: Problems): boolean {
  if (accounts === null || accounts.has(DEFAULT_ACCOUNT)) return true;
  problems.add(
    'SCENARIO_SDK_API_KEY',
    `and SCENARIO_SDK_API_SECRET must be set when ${when}: every caller works with the account "default".`,
  );
  return false;
}
