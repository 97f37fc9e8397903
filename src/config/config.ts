import { z } from 'zod';
import type { AuthConfig } from '../server/auth/authenticator.ts';
import type { TrustedDocumentsConfig } from '../server/documents/trusted/open-trusted-documents.ts';
import type { DocumentLimits } from '../server/limits/document-limits.ts';
import { parseAuth } from './auth-config.ts';
import { type Environment, withoutEmpty, withSecretFiles } from './secret-files.ts';
import { secretTexts } from './secret-texts.ts';
import { flag, host, httpUrl, integer, isInsecure, oneOf, origins, redisUrl, text } from './values.ts';

export type { Environment } from './secret-files.ts';

/** Everything that steers the gateway, checked. Times are in milliseconds, sizes in bytes. */
export interface Config {
  readonly mode: 'development' | 'production';
  readonly upstream: UpstreamConfig;
  readonly host: string;
  readonly port: number;
  /** Port of the metrics; 0 turns them off. */
  readonly adminPort: number;
  /** Whether traces have a receiver; the SDK reads where and how by itself. */
  readonly hasTracing: boolean;
  readonly auth: AuthConfig;
  readonly corsOrigins: readonly string[];
  readonly graphiql: boolean;
  /** Whether plain requests take the short way past yoga. */
  readonly fastPath: boolean;
  /** How long to go on serving after a signal to stop, not ready any more. */
  readonly drainDelayMs: number;
  readonly deadlineMs: number;
  readonly upstreamTimeoutMs: number;
  readonly upstreamConnections: number;
  readonly maxPageWalk: number;
  readonly maxBulkIds: number;
  readonly maxUpstreamCalls: number;
  readonly maxBodyBytes: number;
  readonly documentLimits: DocumentLimits;
  readonly trustedDocuments: TrustedDocumentsConfig;
  /** Upstream calls of one caller; 0 for no limit. */
  readonly rateLimitPerMinute: number;
  /** How old a read answered from memory may be; 0 keeps nothing. */
  readonly cacheTtlMs: number;
  /** How old a read may be that is answered because the upstream is down; 0 answers with the failure. */
  readonly staleIfErrorMs: number;
  /** What replicas share is kept there; `null` keeps it in this process. */
  readonly redisUrl: string | null;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** What no log line may hold. */
  readonly secrets: readonly string[];
}

export type UpstreamConfig =
  | { readonly kind: 'sandbox' }
  | {
      readonly kind: 'scenario';
      readonly baseUrl: URL;
      readonly key: string;
      readonly secret: string;
      readonly projectId: string | null;
    };

/** Every problem of an environment, in words that never hold a secret's value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length} problem(s):\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
  }
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const CREDENTIALS = ['SCENARIO_SDK_API_KEY', 'SCENARIO_SDK_API_SECRET'] as const;
// Each can also be given as NAME_FILE.
const SECRETS = [...CREDENTIALS, 'AUTH_API_KEYS', 'REDIS_URL'] as const;

/** The variables, once each. */
function variables(isDevelopment: boolean) {
  const authMode = oneOf(['none', 'api-key', 'jwt']);
  return z.object({
    SCENARIO_SDK_API_KEY: text.optional(),
    SCENARIO_SDK_API_SECRET: text.optional(),
    SCENARIO_BASE_URL: httpUrl.default(new URL('https://api.cloud.scenario.com/v1')),
    SCENARIO_PROJECT_ID: text.optional(),
    ALLOW_INSECURE_UPSTREAM: flag(false),
    UPSTREAM: oneOf(['scenario', 'sandbox']).optional(),
    HOST: host.default(isDevelopment ? '127.0.0.1' : '0.0.0.0'),
    PORT: integer(0, 65_535, 4_000),
    ADMIN_PORT: integer(0, 65_535, isDevelopment ? 0 : 9_464),
    OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
    OTEL_SDK_DISABLED: z.string().optional(),
    AUTH_MODE: isDevelopment ? authMode.default('none') : authMode,
    AUTH_API_KEYS: text.optional(),
    AUTH_JWKS_URL: httpUrl.optional(),
    AUTH_ISSUER: text.optional(),
    AUTH_AUDIENCE: text.optional(),
    MAX_TOKEN_BYTES: integer(256, 30_720, 16_384),
    CORS_ORIGINS: origins.default([]),
    GRAPHIQL: flag(isDevelopment),
    FAST_PATH: flag(true),
    DRAIN_DELAY_MS: integer(0, 60_000, 0),
    DEADLINE_MS: integer(1, 600_000, 10_000),
    UPSTREAM_TIMEOUT_MS: integer(1, 600_000, 5_000),
    UPSTREAM_CONNECTIONS: integer(1, 10_000, 64),
    MAX_PAGE_WALK: integer(1, 10_000, 500),
    MAX_BULK_IDS: integer(1, 100_000, 1_000),
    MAX_UPSTREAM_CALLS: integer(1, 10_000, 30),
    MAX_BODY_BYTES: integer(1, 1_073_741_824, 102_400),
    ...documentVariables(),
    RATE_LIMIT_PER_MINUTE: integer(0, 1_000_000, 0),
    CACHE_TTL_MS: integer(0, 86_400_000, 0),
    STALE_IF_ERROR_MS: integer(0, 86_400_000, 0),
    REDIS_URL: redisUrl.optional(),
    LOG_LEVEL: oneOf(LOG_LEVELS).default('info'),
  });
}

function documentVariables() {
  return {
    MAX_QUERY_BYTES: integer(1, 1_048_576, 8_192),
    MAX_QUERY_TOKENS: integer(1, 100_000, 1_000),
    MAX_QUERY_DEPTH: integer(1, 1_000, 10),
    MAX_QUERY_ALIASES: integer(0, 10_000, 30),
    MAX_ROOT_FIELDS: integer(1, 10_000, 20),
    TRUSTED_DOCUMENTS: text.optional(),
    TRUSTED_DOCUMENTS_MODE: oneOf(['off', 'report', 'enforce']).default('off'),
  };
}

type Variables = z.output<ReturnType<typeof variables>>;

/**
 * Reads the configuration. Pure but for the files that `NAME_FILE` variables name.
 * @param readFile gives a file's text; throws when it can't
 * @throws ConfigError that names every problem at once
 */
export function parseConfig(env: Environment, readFile: (path: string) => string): Config {
  const isDevelopment = env['NODE_ENV'] === 'development';
  const problems: string[] = [];
  const given = withSecretFiles(withoutEmpty(env), SECRETS, readFile, problems);
  const vars = readVariables(given, isDevelopment, problems);
  const upstream = parseUpstream(vars, isDevelopment, problems);
  const auth = parseAuth(vars, problems);
  if (vars.TRUSTED_DOCUMENTS_MODE !== 'off' && vars.TRUSTED_DOCUMENTS === undefined)
    problems.push('TRUSTED_DOCUMENTS must be set, unless TRUSTED_DOCUMENTS_MODE is off.');
  if (upstream === null || auth === null || problems.length > 0) throw new ConfigError(problems);
  return { ...toConfig(vars, isDevelopment, upstream, auth), secrets: secretTexts(given) };
}

// A bad variable is reported and read again as if it were absent, so that what hangs on others is checked as well.
function readVariables(given: Environment, isDevelopment: boolean, problems: string[]): Variables {
  const schema = variables(isDevelopment);
  const first = schema.safeParse(given);
  if (first.success) return first.data;
  const bad = new Set(first.error.issues.map(({ path }) => path.join('.')));
  for (const { path, message } of first.error.issues) {
    const name = path.join('.');
    problems.push(given[name] === undefined ? `${name} must be set.` : `${name} ${message}.`);
  }
  const good = Object.entries(given).filter(([name]) => !bad.has(name));
  return schema.parse({ AUTH_MODE: 'none', ...Object.fromEntries(good) });
}

function toConfig(
  vars: Variables,
  isDevelopment: boolean,
  upstream: UpstreamConfig,
  auth: AuthConfig,
): Omit<Config, 'secrets'> {
  return {
    mode: isDevelopment ? 'development' : 'production',
    upstream,
    host: vars.HOST,
    port: vars.PORT,
    adminPort: vars.ADMIN_PORT,
    hasTracing: vars.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined && vars.OTEL_SDK_DISABLED !== 'true',
    auth,
    corsOrigins: vars.CORS_ORIGINS,
    graphiql: vars.GRAPHIQL,
    fastPath: vars.FAST_PATH,
    drainDelayMs: vars.DRAIN_DELAY_MS,
    deadlineMs: vars.DEADLINE_MS,
    upstreamTimeoutMs: vars.UPSTREAM_TIMEOUT_MS,
    upstreamConnections: vars.UPSTREAM_CONNECTIONS,
    maxPageWalk: vars.MAX_PAGE_WALK,
    maxBulkIds: vars.MAX_BULK_IDS,
    maxUpstreamCalls: vars.MAX_UPSTREAM_CALLS,
    maxBodyBytes: vars.MAX_BODY_BYTES,
    documentLimits: toDocumentLimits(vars),
    trustedDocuments: { mode: vars.TRUSTED_DOCUMENTS_MODE, path: vars.TRUSTED_DOCUMENTS ?? null },
    rateLimitPerMinute: vars.RATE_LIMIT_PER_MINUTE,
    cacheTtlMs: vars.CACHE_TTL_MS,
    staleIfErrorMs: vars.STALE_IF_ERROR_MS,
    redisUrl: vars.REDIS_URL ?? null,
    logLevel: vars.LOG_LEVEL,
  };
}

function toDocumentLimits(vars: Variables): DocumentLimits {
  return {
    maxBytes: vars.MAX_QUERY_BYTES,
    maxTokens: vars.MAX_QUERY_TOKENS,
    maxDepth: vars.MAX_QUERY_DEPTH,
    maxAliases: vars.MAX_QUERY_ALIASES,
    maxRootFields: vars.MAX_ROOT_FIELDS,
  };
}

function parseUpstream(vars: Variables, isDevelopment: boolean, problems: string[]): UpstreamConfig | null {
  const { SCENARIO_SDK_API_KEY: key, SCENARIO_SDK_API_SECRET: secret, SCENARIO_BASE_URL: baseUrl } = vars;
  const hasNoCredentials = key === undefined && secret === undefined;
  const kind = vars.UPSTREAM ?? (isDevelopment && hasNoCredentials ? 'sandbox' : 'scenario');
  if (kind === 'sandbox') return { kind };
  for (const name of CREDENTIALS) {
    if (vars[name] === undefined)
      problems.push(`${name} must be set (or ${name}_FILE), unless UPSTREAM is sandbox.`);
  }
  if (isInsecure(baseUrl) && !vars.ALLOW_INSECURE_UPSTREAM) {
    problems.push(
      'SCENARIO_BASE_URL must be https, or the key crosses the network in plain text (ALLOW_INSECURE_UPSTREAM=true allows it).',
    );
  }
  if (key === undefined || secret === undefined) return null;
  return { kind, baseUrl, key, secret, projectId: vars.SCENARIO_PROJECT_ID ?? null };
}
