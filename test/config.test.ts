import { describe, expect, test } from 'vitest';
import { parseConfig } from '../src/config/config.ts';
import {
  CREDENTIALS,
  noFile,
  PRODUCTION,
  parseProduction as parse,
  problemsOf,
} from './support/environment.ts';

const DEFAULTS = {
  port: 4_000,
  corsOrigins: [],
  deadlineMs: 10_000,
  keepAliveMs: 65_000,
  upstreamTimeoutMs: 5_000,
  upstreamConnections: 64,
  maxPageWalk: 500,
  maxBulkIds: 1_000,
  maxBodyBytes: 102_400,
  logLevel: 'info',
};

describe('what is not set has its default', () => {
  test('in production', () => {
    expect(parse({})).toMatchObject({
      ...DEFAULTS,
      mode: 'production',
      host: '0.0.0.0',
      graphiql: false,
      upstream: {
        kind: 'scenario',
        baseUrl: new URL('https://api.cloud.scenario.com/v1'),
        accounts: [{ name: 'default', key: 'canary-key', secret: 'canary-secret', projectId: null }],
      },
    });
  });

  test('in development, where nothing at all need be set', () => {
    expect(parseConfig({ NODE_ENV: 'development' }, noFile)).toMatchObject({
      ...DEFAULTS,
      mode: 'development',
      host: '127.0.0.1',
      graphiql: true,
      upstream: { kind: 'sandbox' },
    });
  });

  test('also when it is set to nothing, as compose files do', () => {
    const env = { PORT: '', GRAPHIQL: '', SCENARIO_PROJECT_ID: '', CORS_ORIGINS: '', LOG_LEVEL: '' };
    expect(parse(env)).toEqual(parse({}));
  });
});

describe('each variable is read', () => {
  test.each<[name: string, value: string, expected: object]>([
    ['HOST', '::1', { host: '::1' }],
    ['HOST', 'gateway.internal', { host: 'gateway.internal' }],
    ['PORT', '0', { port: 0 }],
    ['PORT', '65535', { port: 65_535 }],
    [
      'CORS_ORIGINS',
      'https://a.example, http://localhost:3000',
      { corsOrigins: ['https://a.example', 'http://localhost:3000'] },
    ],
    [
      'CORS_ORIGINS',
      'capacitor://localhost,chrome-extension://abcdefghijklmnop',
      { corsOrigins: ['capacitor://localhost', 'chrome-extension://abcdefghijklmnop'] },
    ],
    ['GRAPHIQL', 'true', { graphiql: true }],
    ['DEADLINE_MS', '2500', { deadlineMs: 2_500 }],
    ['UPSTREAM_RATE_PER_MINUTE', '100', { upstreamRatePerMinute: 100 }],
    ['KEEP_ALIVE_MS', '620000', { keepAliveMs: 620_000 }],
    ['UPSTREAM_TIMEOUT_MS', '700', { upstreamTimeoutMs: 700 }],
    ['UPSTREAM_CONNECTIONS', '3', { upstreamConnections: 3 }],
    ['MAX_PAGE_WALK', '50', { maxPageWalk: 50 }],
    ['MAX_BULK_IDS', '49', { maxBulkIds: 49 }],
    ['MAX_BODY_BYTES', '1000', { maxBodyBytes: 1_000 }],
    ['CACHE_TTL_MS', '5000', { cacheTtlMs: 5_000 }],
    ['STALE_IF_ERROR_MS', '60000', { staleIfErrorMs: 60_000 }],
    ['LOG_LEVEL', 'debug', { logLevel: 'debug' }],
    ['SCENARIO_PROJECT_ID', 'proj_1', { upstream: { accounts: [{ projectId: 'proj_1' }] } }],
    [
      'SCENARIO_BASE_URL',
      'https://eu.example/v2',
      { upstream: { baseUrl: new URL('https://eu.example/v2') } },
    ],
    ['UPSTREAM', 'sandbox', { upstream: { kind: 'sandbox' } }],
    ['UPSTREAM', 'scenario', { upstream: { kind: 'scenario' } }],
  ])('%s=%s', (name, value, expected) => {
    expect(parse({ [name]: value })).toMatchObject(expected);
  });

  test('GRAPHIQL=false turns it off in development', () => {
    const config = parseConfig({ NODE_ENV: 'development', GRAPHIQL: 'false' }, noFile);
    expect(config.graphiql).toBe(false);
  });
});

describe('a bad value is refused by its name', () => {
  const integers = ['PORT', 'DEADLINE_MS', 'UPSTREAM_TIMEOUT_MS', 'UPSTREAM_CONNECTIONS'].concat([
    'MAX_PAGE_WALK',
    'MAX_BULK_IDS',
    'MAX_BODY_BYTES',
  ]);
  test.each<[name: string, value: string]>([
    ...integers.flatMap((name) =>
      ['-1', '1.5', 'ten', '1e3', ' 5', '0x10', '99999999999'].map((value): [string, string] => [
        name,
        value,
      ]),
    ),
    ['PORT', '65536'],
    ['MAX_TOKEN_BYTES', '30721'],
    ['DEADLINE_MS', '0'],
    ['KEEP_ALIVE_MS', '0'],
    ['GRAPHIQL', 'yes'],
    ['GRAPHIQL', '1'],
    ['LOG_LEVEL', 'verbose'],
    ['UPSTREAM', 'mock'],
    ['AUTH_MODE', 'open'],
    ['HOST', 'http://x'],
    ['HOST', 'a b'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'https://a.example/'],
    ['CORS_ORIGINS', 'https://a.example,b.example'],
    ['CORS_ORIGINS', 'null'],
    ['CORS_ORIGINS', 'https://*.example.com'],
    ['CORS_ORIGINS', 'https://a.example,*'],
    ['CORS_ORIGINS', 'http://localhost:*'],
    ['CORS_ORIGINS', '*://localhost'],
    ['CORS_ORIGINS', 'capacitor://*'],
    ['CORS_ORIGINS', 'capacitor://localhost/'],
    ['CORS_ORIGINS', 'chrome-extension://'],
    ['CORS_ORIGINS', 'file://'],
    ['SCENARIO_BASE_URL', 'api.cloud.scenario.com'],
    ['SCENARIO_BASE_URL', 'ftp://api.cloud.scenario.com'],
    ['SCENARIO_BASE_URL', 'https://'],
    ['SCENARIO_BASE_URL', 'https://u:p@api.cloud.scenario.com'],
    ['SCENARIO_BASE_URL', 'https://api.cloud.scenario.com?x=1'],
  ])('%s=%s', (name, value) => {
    const problems = problemsOf({ ...PRODUCTION, [name]: value });
    expect(problems).toContain(name);
    expect(problems.split('\n')).toHaveLength(2);
  });
});

describe('one message names every problem', () => {
  test('of values that are bad or missing', () => {
    const problems = problemsOf({ PORT: 'x', GRAPHIQL: 'x', DEADLINE_MS: 'x', LOG_LEVEL: 'x' });
    for (const name of ['PORT', 'GRAPHIQL', 'DEADLINE_MS', 'LOG_LEVEL', 'AUTH_MODE']) {
      expect(problems).toContain(name);
    }
  });

  test('of credentials that are missing along with values that are bad', () => {
    const problems = problemsOf({ AUTH_MODE: 'none', PORT: 'x' });
    for (const name of ['PORT', 'SCENARIO_SDK_API_KEY', 'SCENARIO_SDK_API_SECRET']) {
      expect(problems).toContain(name);
    }
  });

  test('of an upstream that is insecure along with credentials that are missing', () => {
    const problems = problemsOf({ AUTH_MODE: 'none', SCENARIO_BASE_URL: 'http://upstream.example' });
    for (const name of ['SCENARIO_BASE_URL', 'SCENARIO_SDK_API_KEY', 'SCENARIO_SDK_API_SECRET']) {
      expect(problems).toContain(name);
    }
  });
});

test('production, and whatever is not called development, asks for an AUTH_MODE', () => {
  for (const NODE_ENV of ['production', 'staging', undefined]) {
    expect(problemsOf({ NODE_ENV, ...CREDENTIALS })).toContain('AUTH_MODE');
  }
});
