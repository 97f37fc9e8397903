import { describe, expect, test } from 'vitest';
import { CREDENTIALS, PRODUCTION, problemsOf } from '../support/environment.ts';

type Env = Readonly<Record<string, string | undefined>>;

const KEY = { name: 'web', sha256: 'a0'.repeat(32), scopes: ['collections:read'] };
const ACCOUNT = { name: 'brand', key: 'marker-key', secret: 'marker-secret' };
const WITHOUT_DEFAULT = {
  ...PRODUCTION,
  SCENARIO_SDK_API_KEY: undefined,
  SCENARIO_SDK_API_SECRET: undefined,
};

const keys = (...list: readonly unknown[]) => ({ AUTH_API_KEYS: JSON.stringify(list) });
const accounts = (...list: readonly unknown[]) => ({ SCENARIO_ACCOUNTS: JSON.stringify(list) });

const ALL_NAMED = { notNamed: [], namedAsWell: [], quotesValues: false };

/** Compares the problems for which this environment is refused with those that it has, each told by how it begins. */
function compare(env: Env, expected: readonly string[]) {
  const message = problemsOf(env);
  const lines = message.split('\n').slice(1);
  const notNamed: string[] = [];
  for (const start of expected) {
    const index = lines.findIndex((line) => line.startsWith(`  - ${start}`));
    if (index === -1) notNamed.push(start);
    else lines.splice(index, 1);
  }
  return { notNamed, namedAsWell: lines, quotesValues: /marker/i.test(message) };
}

describe('a problem hides no other one of the same list', () => {
  test.each<[what: string, env: Env, problems: readonly string[]]>([
    [
      'a key that is malformed: accounts that are not configured, names and digests that repeat',
      {
        ...PRODUCTION,
        AUTH_MODE: 'api-key',
        ...keys({ ...KEY, scopes: ['marker'] }, { ...KEY, account: 'marker' }, 'marker', {
          ...KEY,
          name: 'app',
          sha256: KEY.sha256.toUpperCase(),
          account: 7,
        }),
      },
      [
        'AUTH_API_KEYS: [0].scopes[0] must be one of',
        'AUTH_API_KEYS: [1].account must be the name of an account that is configured',
        'AUTH_API_KEYS: [1].name is that of an earlier key too',
        'AUTH_API_KEYS: [1].sha256 is that of an earlier key too',
        'AUTH_API_KEYS: [2] must be an object',
        'AUTH_API_KEYS: [3].account must be the name of an account',
        'AUTH_API_KEYS: [3].sha256 is that of an earlier key too',
      ],
    ],
    [
      'a key that is malformed: keys without an account, where there is no default',
      {
        ...WITHOUT_DEFAULT,
        ...accounts(ACCOUNT),
        AUTH_MODE: 'api-key',
        ...keys({ ...KEY, name: '' }, { ...KEY, sha256: 'marker', account: 'brand' }),
      },
      [
        'AUTH_API_KEYS: [0] must have an "account"',
        'AUTH_API_KEYS: [0].name must be',
        'AUTH_API_KEYS: [1].sha256 must be',
      ],
    ],
    [
      'an account that is malformed: names that repeat, and how many there are',
      {
        ...PRODUCTION,
        ...accounts(
          { ...ACCOUNT, key: '' },
          ACCOUNT,
          ...Array.from({ length: 99 }, (_, n) => ({ ...ACCOUNT, name: `a${n}` })),
        ),
      },
      [
        'SCENARIO_ACCOUNTS: [0].key must be',
        'SCENARIO_ACCOUNTS: [1].name is that of an earlier account too',
        'SCENARIO_ACCOUNTS: must hold at most 100 accounts',
      ],
    ],
    [
      'an origin',
      { ...PRODUCTION, CORS_ORIGINS: 'https://a.example, *,https://b.example,https://marker@c.example' },
      ['CORS_ORIGINS: [1] must be an exact origin', 'CORS_ORIGINS: [3] must be an exact origin'],
    ],
    [
      'a host of a Redis',
      { ...PRODUCTION, REDIS_URL: 'redis+cluster://:marker@a:0,b,marker:99999/3' },
      [
        'REDIS_URL must have a host name',
        'REDIS_URL must have a host name',
        'REDIS_URL must have no database',
      ],
    ],
  ])('%s', (_what, env, problems) => expect(compare(env, problems)).toEqual(ALL_NAMED));
});

describe('a problem hides no other one of the same URL', () => {
  const JWT = { ...PRODUCTION, AUTH_MODE: 'jwt', AUTH_ISSUER: 'i', AUTH_AUDIENCE: 'a' };
  test.each<[name: string, env: Env, problems: readonly string[]]>([
    [
      'SCENARIO_BASE_URL',
      { ...PRODUCTION, SCENARIO_BASE_URL: 'http://marker:marker@scenario.example/v1?marker#marker' },
      ['must hold no credentials', 'must have no query', 'must have no fragment', 'must be https'],
    ],
    [
      'AUTH_JWKS_URL',
      { ...JWT, AUTH_JWKS_URL: 'http://marker@issuer.example/keys?marker' },
      ['must hold no credentials', 'must have no query', 'must be https'],
    ],
    ['AUTH_JWKS_URL', { ...JWT, AUTH_JWKS_URL: 'ftp://marker' }, ['must be an http(s) URL']],
    [
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      { ...PRODUCTION, OTEL_EXPORTER_OTLP_ENDPOINT: 'https://marker@otlp.example?marker' },
      ['must hold no credentials', 'must have no query'],
    ],
    [
      'HTTPS_PROXY',
      { ...PRODUCTION, HTTPS_PROXY: 'http://u:marker%zz@proxy.example/marker?marker' },
      [
        'must be an http(s) URL without a path',
        'must be an http(s) URL without a query or fragment',
        'must be an http(s) URL whose user and password are percent-encoded',
      ],
    ],
  ])('%s', (name, env, problems) => {
    const named = problems.map((problem) => `${name} ${problem}`);
    expect(compare(env, named)).toEqual(ALL_NAMED);
  });
});

describe('a problem hides none of other variables, and makes none up', () => {
  test.each<[what: string, env: Env, problems: readonly string[]]>([
    [
      'an AUTH_MODE that is missing: what is set for one or the other',
      {
        NODE_ENV: 'production',
        ...CREDENTIALS,
        ...keys({ ...KEY, account: 'marker' }, { ...KEY, sha256: 'marker' }),
        AUTH_JWKS_URL: 'http://issuer.example/marker',
      },
      [
        'AUTH_MODE must be set',
        'AUTH_API_KEYS: [0].account must be',
        'AUTH_API_KEYS: [1].sha256 must be',
        'AUTH_API_KEYS: [1].name is that of',
        'AUTH_JWKS_URL must be https',
      ],
    ],
    [
      'an AUTH_MODE that is missing, where there is no default account',
      { ...WITHOUT_DEFAULT, AUTH_MODE: undefined, ...accounts(ACCOUNT) },
      ['AUTH_MODE must be set'],
    ],
    [
      'an AUTH_MODE that has no use for the keys',
      { ...PRODUCTION, ...keys({ ...KEY, name: '' }) },
      ['AUTH_API_KEYS: [0].name must be'],
    ],
    [
      'accounts with bad credentials: keys of accounts that are not among them',
      {
        ...WITHOUT_DEFAULT,
        SCENARIO_SDK_API_KEY: 'marker',
        ...accounts({ ...ACCOUNT, secret: '' }),
        AUTH_MODE: 'api-key',
        ...keys(
          KEY,
          { ...KEY, name: 'b', sha256: 'b1'.repeat(32), account: 'brand' },
          { ...KEY, account: 'marker' },
        ),
      },
      [
        'SCENARIO_SDK_API_SECRET must be set',
        'SCENARIO_ACCOUNTS: [0].secret must be',
        'AUTH_API_KEYS: [2].account must be',
        'AUTH_API_KEYS: [2].name is that of',
        'AUTH_API_KEYS: [2].sha256 is that of',
      ],
    ],
    [
      'accounts of which one has no name: its keys cannot be judged',
      {
        ...PRODUCTION,
        ...accounts(ACCOUNT, { ...ACCOUNT, name: 'Marker' }),
        AUTH_MODE: 'api-key',
        ...keys({ ...KEY, account: 'marker' }),
      },
      ['SCENARIO_ACCOUNTS: [1].name must be'],
    ],
    [
      'a secret that is blank or whose file cannot be read is not missing as well',
      {
        ...WITHOUT_DEFAULT,
        SCENARIO_SDK_API_KEY: ' ',
        SCENARIO_SDK_API_SECRET_FILE: '/marker',
        AUTH_MODE: 'api-key',
        AUTH_API_KEYS_FILE: '/marker',
        TRUSTED_DOCUMENTS: ' ',
        TRUSTED_DOCUMENTS_MODE: 'enforce',
      },
      [
        'SCENARIO_SDK_API_KEY must not be blank',
        'SCENARIO_SDK_API_SECRET_FILE names a file',
        'AUTH_API_KEYS_FILE names a file',
        'TRUSTED_DOCUMENTS must not be blank',
      ],
    ],
  ])('%s', (_what, env, problems) => expect(compare(env, problems)).toEqual(ALL_NAMED));
});
