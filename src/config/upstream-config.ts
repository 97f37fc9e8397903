import { type AccountName, DEFAULT_ACCOUNT } from '../shared/brands.ts';
import { type AccountConfig, accountNamesIn, parseAccounts } from './parse-accounts.ts';
import type { Problems } from './problems.ts';
import { isInsecure } from './values.ts';
import type { Mode } from './variables/variable.ts';
import type { Settings } from './variables/variables.ts';

export type { AccountConfig } from './parse-accounts.ts';

/** Which upstream is called, and with what. */
export type UpstreamConfig =
  | { readonly kind: 'sandbox' }
  | {
      readonly kind: 'scenario';
      readonly baseUrl: URL;
      /** At least one, each with a name of its own; the default one comes first, if it is there. */
      readonly accounts: Accounts;
    };

type Accounts = readonly [AccountConfig, ...AccountConfig[]];
type UpstreamSettings = Settings['upstream'];

/**
 * Reads which upstream is called.
 * @param problems is added to when what it needs is not there; then the result is `null`
 */
export function parseUpstream(
  settings: UpstreamSettings,
  mode: Mode,
  problems: Problems,
): UpstreamConfig | null {
  const kind = upstreamKindOf(settings, mode);
  const { baseUrl } = settings;
  if (kind === 'sandbox') {
    if (settings.accounts !== undefined)
      problems.add('SCENARIO_ACCOUNTS', 'cannot be set when UPSTREAM is sandbox, which has one account.');
    return { kind };
  }
  if (isInsecure(baseUrl) && !settings.allowInsecure) {
    problems.add(
      'SCENARIO_BASE_URL',
      'must be https, or the key crosses the network in plain text (ALLOW_INSECURE_UPSTREAM=true allows it).',
    );
  }
  const accounts = parseAll(settings, problems);
  return accounts && { kind, baseUrl, accounts };
}

/**
 * The names of the accounts that callers can belong to, those whose credentials are bad among them.
 * @returns `null` where they cannot be told
 */
export function accountNamesOf(
  settings: UpstreamSettings,
  mode: Mode,
  problems: Problems,
): ReadonlySet<AccountName> | null {
  if (upstreamKindOf(settings, mode) === 'sandbox') return new Set([DEFAULT_ACCOUNT]);
  if (settings.accounts === undefined)
    return problems.has('SCENARIO_ACCOUNTS') ? null : new Set([DEFAULT_ACCOUNT]);
  const others = accountNamesIn(settings.accounts);
  const isDefaultMeant =
    !hasNoDefault(settings) ||
    problems.has('SCENARIO_SDK_API_KEY') ||
    problems.has('SCENARIO_SDK_API_SECRET');
  return others && new Set(isDefaultMeant ? [DEFAULT_ACCOUNT, ...others] : others);
}

/** Which upstream is meant. */
export function upstreamKindOf(settings: UpstreamSettings, mode: Mode): UpstreamConfig['kind'] {
  return settings.kind ?? (mode === 'development' && hasNoAccount(settings) ? 'sandbox' : 'scenario');
}

function parseAll(settings: UpstreamSettings, problems: Problems): Accounts | null {
  const { accounts: json } = settings;
  const others = json === undefined ? [] : parseOthers(json, problems);
  const own = json !== undefined && hasNoDefault(settings) ? [] : parseDefault(settings, problems);
  const [first, ...further] = own && others ? [...own, ...others] : [];
  return first ? [first, ...further] : null;
}

function parseDefault(
  { key, secret, projectId }: UpstreamSettings,
  problems: Problems,
): readonly AccountConfig[] | null {
  if (key === undefined) addMissing('SCENARIO_SDK_API_KEY', problems);
  if (secret === undefined) addMissing('SCENARIO_SDK_API_SECRET', problems);
  if (key === undefined || secret === undefined) return null;
  return [{ name: DEFAULT_ACCOUNT, key, secret, projectId: projectId ?? null }];
}

function parseOthers(json: string, problems: Problems): readonly AccountConfig[] | null {
  const accounts = parseAccounts(json);
  if (accounts.ok) return accounts.value;
  for (const problem of accounts.failure) problems.addInside('SCENARIO_ACCOUNTS', problem);
  return null;
}

function hasNoDefault({ key, secret }: UpstreamSettings): boolean {
  return key === undefined && secret === undefined;
}

function hasNoAccount(settings: UpstreamSettings): boolean {
  return hasNoDefault(settings) && settings.accounts === undefined;
}

function addMissing(name: string, problems: Problems): void {
  problems.addMissing(name, `must be set (or ${name}_FILE), unless UPSTREAM is sandbox.`);
}
