import { isIP } from 'node:net';
import { z } from 'zod';

/** An environment, as the process gives it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that steers the gateway, checked. Times are in milliseconds, sizes in bytes. */
export interface Config {
  readonly mode: 'development' | 'production';
  readonly upstream: UpstreamConfig;
  readonly host: string;
  readonly port: number;
  readonly corsOrigins: readonly string[];
  readonly graphiql: boolean;
  readonly deadlineMs: number;
  readonly upstreamTimeoutMs: number;
  readonly upstreamConnections: number;
  readonly maxPageWalk: number;
  readonly maxBulkIds: number;
  readonly maxBodyBytes: number;
  /** What replicas share is kept there; `null` keeps it in this process. */
  readonly redisUrl: string | null;
  readonly logLevel: LogLevel;
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

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Every problem of an environment, in words that never hold a secret's value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length} problem(s):\n${problems.map((text) => `  - ${text}`).join('\n')}`,
    );
  }
}

const CREDENTIALS = ['SCENARIO_SDK_API_KEY', 'SCENARIO_SDK_API_SECRET'] as const;
// Each can also be given as NAME_FILE.
const SECRETS = [...CREDENTIALS, 'REDIS_URL'] as const;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

const integer = (min: number, max: number, fallback: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`)
    .default(fallback);
const flag = (fallback: boolean) =>
  z
    .enum(['true', 'false'], 'must be true or false')
    .transform((value) => value === 'true')
    .default(fallback);
const text = z.string().trim().min(1);
const httpUrl = z
  .string()
  .refine(isPlainHttpUrl, 'must be an http(s) URL without credentials, query or fragment');

/** The variables, once each. */
const variables = (isDevelopment: boolean) =>
  z.object({
    SCENARIO_SDK_API_KEY: text.optional(),
    SCENARIO_SDK_API_SECRET: text.optional(),
    SCENARIO_BASE_URL: httpUrl.default('https://api.cloud.scenario.com/v1'),
    SCENARIO_PROJECT_ID: text.optional(),
    ALLOW_INSECURE_UPSTREAM: flag(false),
    UPSTREAM: z.enum(['scenario', 'sandbox'], 'must be scenario or sandbox').optional(),
    HOST: text
      .refine(isHost, 'must be an IP address or a host name')
      .default(isDevelopment ? '127.0.0.1' : '0.0.0.0'),
    PORT: integer(0, 65_535, 4_000),
    AUTH_MODE: isDevelopment ? authMode.default('none') : authMode,
    CORS_ORIGINS: z
      .string()
      .default('')
      .transform((list) =>
        list
          .split(',')
          .map((origin) => origin.trim())
          .filter((origin) => origin !== ''),
      )
      .refine(
        (origins) => origins.every(isOrigin),
        'must be exact origins such as https://app.example.com, with commas between',
      ),
    GRAPHIQL: flag(isDevelopment),
    DEADLINE_MS: integer(1, 600_000, 10_000),
    UPSTREAM_TIMEOUT_MS: integer(1, 600_000, 5_000),
    UPSTREAM_CONNECTIONS: integer(1, 10_000, 64),
    MAX_PAGE_WALK: integer(1, 10_000, 500),
    MAX_BULK_IDS: integer(1, 100_000, 1_000),
    MAX_BODY_BYTES: integer(1, 1_073_741_824, 102_400),
    REDIS_URL: text.refine(isRedisUrl, 'must be a redis:// or rediss:// URL').optional(),
    LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  });

const authMode = z.literal(
  'none',
  'must be set to none: every caller that reaches the port may then do everything',
);

type Variables = z.infer<ReturnType<typeof variables>>;

/**
 * Reads the configuration. Pure but for the files that `NAME_FILE` variables name.
 * @param readFile gives a file's text; throws when it can't
 * @throws ConfigError that names every problem at once
 */
export function parseConfig(env: Environment, readFile: (path: string) => string): Config {
  const isDevelopment = env['NODE_ENV'] === 'development';
  const problems: string[] = [];
  const given = withSecretFiles(withoutEmpty(env), readFile, problems);
  const parsed = variables(isDevelopment).safeParse(given);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) problems.push(`${path.join('.')} ${message}.`);
  }
  const upstream = parsed.success ? parseUpstream(parsed.data, isDevelopment, problems) : null;
  if (!parsed.success || upstream === null || problems.length > 0) throw new ConfigError(problems);
  const vars = parsed.data;
  return {
    mode: isDevelopment ? 'development' : 'production',
    upstream,
    host: vars.HOST,
    port: vars.PORT,
    corsOrigins: vars.CORS_ORIGINS,
    graphiql: vars.GRAPHIQL,
    deadlineMs: vars.DEADLINE_MS,
    upstreamTimeoutMs: vars.UPSTREAM_TIMEOUT_MS,
    upstreamConnections: vars.UPSTREAM_CONNECTIONS,
    maxPageWalk: vars.MAX_PAGE_WALK,
    maxBulkIds: vars.MAX_BULK_IDS,
    maxBodyBytes: vars.MAX_BODY_BYTES,
    redisUrl: vars.REDIS_URL ?? null,
    logLevel: vars.LOG_LEVEL,
  };
}

function parseUpstream(vars: Variables, isDevelopment: boolean, problems: string[]): UpstreamConfig | null {
  const { SCENARIO_SDK_API_KEY: key, SCENARIO_SDK_API_SECRET: secret } = vars;
  const hasNoCredentials = key === undefined && secret === undefined;
  const kind = vars.UPSTREAM ?? (isDevelopment && hasNoCredentials ? 'sandbox' : 'scenario');
  if (kind === 'sandbox') return { kind };
  for (const name of CREDENTIALS) {
    if (vars[name] === undefined)
      problems.push(`${name} must be set (or ${name}_FILE), unless UPSTREAM is sandbox.`);
  }
  const baseUrl = new URL(vars.SCENARIO_BASE_URL);
  if (baseUrl.protocol === 'http:' && !LOOPBACK.test(baseUrl.hostname) && !vars.ALLOW_INSECURE_UPSTREAM) {
    problems.push(
      'SCENARIO_BASE_URL must be https: it would send the key in plain text (ALLOW_INSECURE_UPSTREAM=true allows it).',
    );
  }
  if (key === undefined || secret === undefined) return null;
  return { kind, baseUrl, key, secret, projectId: vars.SCENARIO_PROJECT_ID ?? null };
}

function withoutEmpty(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

function withSecretFiles(
  env: Environment,
  readFile: (path: string) => string,
  problems: string[],
): Environment {
  const secrets: Record<string, string> = {};
  for (const name of SECRETS) {
    const path = env[`${name}_FILE`];
    if (path === undefined) continue;
    if (env[name] !== undefined) problems.push(`${name} and ${name}_FILE are both set: keep one.`);
    try {
      secrets[name] = readFile(path).replace(/\r?\n$/, '');
    } catch {
      problems.push(`${name}_FILE names a file that can not be read.`);
    }
  }
  return { ...env, ...secrets };
}

function isRedisUrl(value: string): boolean {
  return /^rediss?:\/\//.test(value) && URL.canParse(value);
}

function isHost(value: string): boolean {
  return isIP(value) !== 0 || /^[A-Za-z0-9.-]{1,253}$/.test(value);
}

function isOrigin(value: string): boolean {
  return /^https?:\/\//.test(value) && URL.canParse(value) && new URL(value).origin === value;
}

function isPlainHttpUrl(value: string): boolean {
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) return false;
  const url = new URL(value);
  return url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}
