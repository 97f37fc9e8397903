import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { noFile, PRODUCTION, parseProduction as parse, problemsOf } from '../support/environment.ts';

const ANIMATION = { name: 'animation', key: 'key-a', secret: 'secret-a' };
const BRAND = { name: 'brand-2', key: 'key-b', secret: 'secret-b', projectId: 'proj_b' };
const WITHOUT_DEFAULT = {
  ...PRODUCTION,
  SCENARIO_SDK_API_KEY: undefined,
  SCENARIO_SDK_API_SECRET: undefined,
};
const DIGEST = 'a0'.repeat(32);
const OTHER_DIGEST = 'b1'.repeat(32);
const JWT = {
  AUTH_MODE: 'jwt',
  AUTH_JWKS_URL: 'https://issuer.example/keys',
  AUTH_ISSUER: 'https://issuer.example/',
  AUTH_AUDIENCE: 'collections',
};

const listing = (...accounts: readonly unknown[]) => ({ SCENARIO_ACCOUNTS: JSON.stringify(accounts) });

/** The variables for keys of these accounts; `undefined` stands for a key that names none. */
const keysOf = (...accounts: ReadonlyArray<string | undefined>) => ({
  AUTH_MODE: 'api-key',
  AUTH_API_KEYS: JSON.stringify(
    accounts.map((account, index) => ({
      name: `key-${index}`,
      sha256: [DIGEST, OTHER_DIGEST][index],
      scopes: [],
      account,
    })),
  ),
});

describe('accounts', () => {
  test('come after the default one, each with its credentials and its project, if it has one', () => {
    const { upstream } = parse(listing(ANIMATION, BRAND));
    expect(upstream).toMatchObject({
      accounts: [{ name: 'default', key: 'canary-key' }, { ...ANIMATION, projectId: null }, BRAND],
    });
  });

  test('may do without a default one, in development too', () => {
    for (const NODE_ENV of ['production', 'development']) {
      const env = { ...WITHOUT_DEFAULT, ...listing(BRAND), ...keysOf('brand-2'), NODE_ENV };
      expect(parseConfig(env, noFile).upstream).toMatchObject({ kind: 'scenario', accounts: [BRAND] });
    }
  });

  test('are read from a file', () => {
    const env = { ...PRODUCTION, SCENARIO_ACCOUNTS_FILE: '/run/accounts' };
    const { upstream } = parseConfig(env, () => `${JSON.stringify([BRAND])}\n`);
    expect(upstream).toMatchObject({ accounts: [{ name: 'default' }, BRAND] });
  });

  test('are kept out of the log: each key and secret, alone and as they are sent', () => {
    const { secrets } = parse(listing(ANIMATION));
    expect(secrets).toEqual(expect.arrayContaining(['key-a', 'secret-a', 'key-a:secret-a']));
    expect(secrets).toContain(JSON.stringify([ANIMATION]));
  });

  test('may be 100', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => ({ ...BRAND, name: `account-${index}` }));
    expect(problemsOf({ ...PRODUCTION, ...listing(...hundred) })).toBe('');
    const more = problemsOf({ ...PRODUCTION, ...listing(...hundred, BRAND) });
    expect(more).toContain('SCENARIO_ACCOUNTS: must hold at most 100 accounts');
  });

  test.each<[what: string, json: string, problem: string]>([
    ['no JSON', 'marker', 'must be a JSON array'],
    ['no list', JSON.stringify(BRAND), 'must be a JSON array'],
    ['an empty list', '[]', 'must hold at least one account'],
    ['no object in it', '["marker"]', '[0] must be an object'],
    ['no name', JSON.stringify([{ ...BRAND, name: undefined }]), '[0].name must be 1 to 32'],
    ['an empty name', JSON.stringify([{ ...BRAND, name: '' }]), '[0].name must be 1 to 32'],
    ['a name with capitals', JSON.stringify([{ ...BRAND, name: 'Marker' }]), '[0].name must be 1 to 32'],
    ['a name with a line break', JSON.stringify([{ ...BRAND, name: 'marker\n' }]), '[0].name must be 1 to'],
    ['a long name', JSON.stringify([{ ...BRAND, name: 'm'.repeat(33) }]), '[0].name must be 1 to 32'],
    ['the name of the default', JSON.stringify([{ ...BRAND, name: 'default' }]), '[0].name must be another'],
    ['a name twice', JSON.stringify([BRAND, { ...ANIMATION, name: 'brand-2' }]), '[1].name is that of an'],
    ['no key', JSON.stringify([{ ...BRAND, key: undefined }]), '[0].key must be'],
    ['an empty secret', JSON.stringify([{ ...BRAND, secret: ' ' }]), '[0].secret must be'],
    ['a project that is no text', JSON.stringify([{ ...BRAND, projectId: 7 }]), '[0].projectId must be'],
    ['something else', JSON.stringify([{ ...BRAND, marker: 'marker' }]), '[0] must be an object'],
  ])('with %s are refused, in words that do not quote it', (_what, json, problem) => {
    const problems = problemsOf({ ...PRODUCTION, SCENARIO_ACCOUNTS: json });
    expect(problems).toContain(`SCENARIO_ACCOUNTS: ${problem}`);
    expect(problems.split('\n')).toHaveLength(2);
    expect(problems).not.toMatch(/marker|key-b|secret-b|proj_b/i);
  });

  test('are refused with every problem at once, along with those of other variables', () => {
    const list = listing({ ...ANIMATION, key: '' }, { ...BRAND, name: 'B', secret: 1 });
    const problems = problemsOf({ ...WITHOUT_DEFAULT, SCENARIO_SDK_API_KEY: 'x', PORT: 'x', ...list });
    for (const problem of ['[0].key', '[1].name', '[1].secret', 'SCENARIO_SDK_API_SECRET', 'PORT'])
      expect(problems).toContain(problem);
    expect(problems.split('\n')).toHaveLength(6);
  });

  test('cannot stand beside the sandbox', () => {
    const problems = problemsOf({ ...WITHOUT_DEFAULT, UPSTREAM: 'sandbox', ...listing(BRAND) });
    expect(problems).toContain('SCENARIO_ACCOUNTS cannot be set when UPSTREAM is sandbox');
  });
});

describe('callers have an account that is there', () => {
  test('a key names it, or belongs to the default one', () => {
    const { auth } = parse({ ...listing(BRAND), ...keysOf(undefined, 'brand-2') });
    expect(auth).toMatchObject({ keys: [{ account: 'default' }, { account: 'brand-2' }] });
  });

  test.each<[what: string, env: Record<string, string | undefined>, problem: string]>([
    [
      'a key of an account that is not configured',
      { ...PRODUCTION, ...listing(BRAND), ...keysOf('brand-2', 'marker') },
      'AUTH_API_KEYS: [1].account must be the name of an account',
    ],
    [
      'a key with an account and none configured',
      { ...PRODUCTION, ...keysOf('marker') },
      '[0].account must be',
    ],
    [
      'a key with an account before the sandbox',
      { ...WITHOUT_DEFAULT, UPSTREAM: 'sandbox', ...keysOf('marker') },
      '[0].account must be',
    ],
    [
      'a key with no account and no default',
      { ...WITHOUT_DEFAULT, ...listing(BRAND), ...keysOf('brand-2', undefined) },
      'AUTH_API_KEYS: [1] must have an "account"',
    ],
    [
      'no authentication and no default',
      { ...WITHOUT_DEFAULT, ...listing(BRAND), AUTH_MODE: 'none' },
      'SCENARIO_SDK_API_KEY and SCENARIO_SDK_API_SECRET must be set when AUTH_MODE is none',
    ],
    [
      'tokens without a claim and no default',
      { ...WITHOUT_DEFAULT, ...listing(BRAND), ...JWT },
      'must be set when AUTH_ACCOUNT_CLAIM is not',
    ],
  ])('%s is refused', (_what, env, problem) => {
    const problems = problemsOf(env);
    expect(problems).toContain(problem);
    expect(problems.split('\n')).toHaveLength(2);
    expect(problems).not.toContain('marker');
  });

  test('tokens name it in a claim, of which the default one may be missing', () => {
    const env = {
      ...WITHOUT_DEFAULT,
      ...listing(BRAND),
      ...JWT,
      AUTH_ACCOUNT_CLAIM: 'https://x.example/account',
    };
    expect(parseConfig(env, noFile).auth).toMatchObject({
      accountClaim: 'https://x.example/account',
      accounts: new Set(['brand-2']),
    });
  });
});
