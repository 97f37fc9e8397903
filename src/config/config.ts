import { type ProxyRules, proxyFor } from '../http/proxy-rules.ts';
import type { AuthConfig } from '../server/auth/authenticator.ts';
import { parseAuth } from './auth-config.ts';
import type { MisspeltVariable } from './misspelt-variables.ts';
import { Problems } from './problems.ts';
import { readSettings } from './read-settings.ts';
import type { Environment } from './secret-files.ts';
import { accountNamesOf, parseUpstream, type UpstreamConfig, upstreamKindOf } from './upstream-config.ts';
import { collectorOf } from './variables/telemetry-variables.ts';
import type { Mode } from './variables/variable.ts';
import type { Settings } from './variables/variables.ts';

export type { Environment } from './secret-files.ts';
export type { AccountConfig, UpstreamConfig } from './upstream-config.ts';

type FlatSettings = Settings['listeners'] &
  Settings['operations'] &
  Settings['quotas'] &
  Settings['memory'] &
  Settings['logs'];

/** Everything that steers the gateway, checked. Times are in milliseconds, sizes in bytes; the rest is told in the table of variables. */
export interface Config extends Readonly<FlatSettings> {
  readonly mode: Mode;
  readonly upstream: UpstreamConfig;
  readonly proxyRules: ProxyRules;
  readonly auth: AuthConfig;
  readonly documentLimits: Readonly<Settings['documentLimits']>;
  readonly trustedDocuments: Readonly<Settings['trustedDocuments']>;
  /** Where traces are sent, if they are; the SDK reads that and how by itself. */
  readonly collector: URL | null;
  /** What no log line may hold. */
  readonly secrets: readonly string[];
  /** What is set and has no effect, though it was probably meant to. */
  readonly misspelt: readonly MisspeltVariable[];
}

/** What a configuration names that has problems of its own, and is only read at the start. */
export interface NamedContents {
  readonly upstreamKind: UpstreamConfig['kind'];
  /** The path of the trusted documents. */
  readonly trustedDocuments: string | null;
}

/** Every problem of an environment, in words that never hold a secret's value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  readonly problems: readonly string[];
  /** What has not been looked at yet; `null` when that is nothing. */
  readonly contents: NamedContents | null;

  constructor(problems: readonly string[], contents: NamedContents | null = null) {
    const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
    super(`The configuration has ${count}:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
    this.contents = contents;
  }
}

/**
 * Reads the configuration. Pure but for the files that `NAME_FILE` variables name.
 * @param readFile gives a file's text; throws when it can't
 * @throws ConfigError that names every problem at once, but for those of what the configuration names
 */
export function parseConfig(env: Environment, readFile: (path: string) => string): Config {
  const mode = env['NODE_ENV'] === 'development' ? 'development' : 'production';
  const problems = new Problems();
  const { settings, secrets, misspelt } = readSettings(env, mode, readFile, problems);
  const { proxyRules, documentLimits, trustedDocuments } = settings;
  const upstream = parseUpstream(settings.upstream, mode, problems);
  const accounts = accountNamesOf(settings.upstream, mode, problems);
  const auth = parseAuth(settings.callers, accounts, (url) => proxyFor(url, proxyRules), problems);
  if (trustedDocuments.mode !== 'off' && trustedDocuments.path === null)
    problems.addMissing('TRUSTED_DOCUMENTS', 'must be set, unless TRUSTED_DOCUMENTS_MODE is off.');
  if (upstream === null || auth === null || problems.texts.length > 0) {
    const upstreamKind = upstreamKindOf(settings.upstream, mode);
    throw new ConfigError(problems.texts, { upstreamKind, trustedDocuments: trustedDocuments.path });
  }
  return {
    mode,
    upstream,
    proxyRules,
    auth,
    ...settings.listeners,
    ...settings.operations,
    ...settings.quotas,
    ...settings.memory,
    ...settings.logs,
    documentLimits,
    trustedDocuments,
    collector: collectorOf(settings.traces),
    secrets: [...new Set([...secrets, ...credentialsIn(upstream)])],
    misspelt,
  };
}

function credentialsIn(upstream: UpstreamConfig): readonly string[] {
  if (upstream.kind === 'sandbox') return [];
  return upstream.accounts.flatMap(({ key, secret }) => [key, secret, `${key}:${secret}`]);
}
