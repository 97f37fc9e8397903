import { type AccountName, DEFAULT_ACCOUNT } from '../shared/brands.ts';
import { type AccountConfig, parseAccounts } from './parse-accounts.ts';
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
  problems: string[],
): UpstreamConfig | null {
  const kind = settings.kind ?? (mode === 'development' && hasNoAccount(settings) ? 'sandbox' : 'scenario');
  const { baseUrl } = settings;
  if (kind === 'sandbox') {
    if (settings.accounts !== undefined)
      problems.push('SCENARIO_ACCOUNTS cannot be set when UPSTREAM is sandbox, which has one account.');
    return { kind };
  }
  if (isInsecure(baseUrl) && !settings.allowInsecure) {
    problems.push(
      'SCENARIO_BASE_URL must be https, or the key crosses the network in plain text (ALLOW_INSECURE_UPSTREAM=true allows it).',
    );
  }
  const accounts = parseAll(settings, problems);
  return accounts && { kind, baseUrl, accounts };
}

/** The names of the accounts that callers can belong to. */
export function accountNamesOf(upstream: UpstreamConfig): ReadonlySet<AccountName> {
  return new Set(upstream.kind === 'sandbox' ? [DEFAULT_ACCOUNT] : upstream.accounts.map(({ name }) => name));
}

function parseAll(settings: UpstreamSettings, problems: string[]): Accounts | null {
  const { accounts: json } = settings;
  const others = json === undefined ? [] : parseOthers(json, problems);
  const own = json !== undefined && hasNoDefault(settings) ? [] : parseDefault(settings, problems);
  const [first, ...further] = own && others ? [...own, ...others] : [];
  return first ? [first, ...further] : null;
}

function parseDefault(
  { key, secret, projectId }: UpstreamSettings,
  problems: string[],
): readonly AccountConfig[] | null {
  if (key === undefined) problems.push(missing('SCENARIO_SDK_API_KEY'));
  if (secret === undefined) problems.push(missing('SCENARIO_SDK_API_SECRET'));
  if (key === undefined || secret === undefined) return null;
  return [{ name: DEFAULT_ACCOUNT, key, secret, projectId: projectId ?? null }];
}

function parseOthers(json: string, problems: string[]): readonly AccountConfig[] | null {
  const accounts = parseAccounts(json);
  if (accounts.ok) return accounts.value;
  problems.push(...accounts.failure.map((problem) => `SCENARIO_ACCOUNTS: ${problem}`));
  return null;
}

function hasNoDefault({ key, secret }: UpstreamSettings): boolean {
  return key === undefined && secret === undefined;
}

function hasNoAccount(settings: UpstreamSettings): boolean {
  return hasNoDefault(settings) && settings.accounts === undefined;
}

function missing(name: string): string {
  return `${name} must be set (or ${name}_FILE), unless UPSTREAM is sandbox.`;
}
