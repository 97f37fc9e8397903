import { describe, expect, test } from 'vitest';
import { parseConfig } from '../src/config/config.ts';
import {
  CREDENTIALS,
  noFile,
  PRODUCTION,
  parseProduction as parse,
  problemsOf,
} from './support/environment.ts';

describe('credentials', () => {
  test.each(['SCENARIO_SDK_API_KEY', 'SCENARIO_SDK_API_SECRET'])('%s must be set in production', (name) => {
    const problems = problemsOf({ ...PRODUCTION, [name]: undefined });
    expect(problems).toContain(name);
    expect(problems.split('\n')).toHaveLength(2);
  });

  test('are not wanted by the sandbox', () => {
    const env = { NODE_ENV: 'production', AUTH_MODE: 'none', UPSTREAM: 'sandbox' };
    expect(parseConfig(env, noFile).upstream).toEqual({ kind: 'sandbox' });
  });

  test('make development talk to the service', () => {
    const { upstream } = parseConfig({ NODE_ENV: 'development', ...CREDENTIALS }, noFile);
    expect(upstream).toMatchObject({ kind: 'scenario', accounts: [{ key: 'canary-key' }] });
  });

  test('that are set by half are a problem, in development too', () => {
    expect(problemsOf({ NODE_ENV: 'development', SCENARIO_SDK_API_KEY: 'x' })).toContain(
      'SCENARIO_SDK_API_SECRET',
    );
  });
});

const readFile = (path: string) => (path === '/run/secret' ? 'from-file\n' : noFile(path));

describe('a secret', () => {
  const fromFile = { ...PRODUCTION, SCENARIO_SDK_API_SECRET: undefined };

  test('is read from the file that NAME_FILE names, without the trailing newline', () => {
    for (const name of ['SCENARIO_SDK_API_SECRET', 'SCENARIO_SDK_API_KEY']) {
      const env = { ...PRODUCTION, [name]: undefined, [`${name}_FILE`]: '/run/secret' };
      const { upstream } = parseConfig(env, readFile);
      expect(JSON.stringify(upstream)).toContain('"from-file"');
    }
  });

  test('keeps all but one newline', () => {
    const env = { ...fromFile, SCENARIO_SDK_API_SECRET_FILE: '/x' };
    expect(parseConfig(env, () => 'a b\r\n').upstream).toMatchObject({ accounts: [{ secret: 'a b' }] });
  });

  test('whose file cannot be read is a problem that names the variable', () => {
    expect(problemsOf({ ...fromFile, SCENARIO_SDK_API_SECRET_FILE: '/none' })).toContain(
      'SCENARIO_SDK_API_SECRET_FILE',
    );
  });

  test('whose file is empty counts as missing', () => {
    expect(problemsOf({ ...fromFile, SCENARIO_SDK_API_SECRET_FILE: '/x' }, () => '\n')).toContain(
      'SCENARIO_SDK_API_SECRET',
    );
  });

  test('cannot come from both places', () => {
    const env = { ...PRODUCTION, SCENARIO_SDK_API_SECRET_FILE: '/run/secret' };
    expect(problemsOf(env, readFile)).toContain('SCENARIO_SDK_API_SECRET');
  });

  test('is in no message, nor is any other value', () => {
    const env = {
      ...CREDENTIALS,
      SCENARIO_BASE_URL: 'https://canary-user:canary-password@upstream.example',
      SCENARIO_SDK_API_SECRET_FILE: '/run/canary',
      PORT: 'canary-port',
      LOG_LEVEL: 'canary-level',
      GRAPHIQL: 'canary-flag',
    };
    const problems = problemsOf(env, () => 'canary-content');
    expect(problems).toContain('PORT');
    expect(problems).not.toContain('canary');
  });
});

describe('an upstream without TLS', () => {
  test.each([
    'http://localhost:4010/v1',
    'http://127.0.0.1/v1',
    'http://127.8.9.1:1',
    'http://[::1]:4010/v1',
  ])('is taken on the loopback: %s', (url) => {
    expect(parse({ SCENARIO_BASE_URL: url }).upstream).toMatchObject({ baseUrl: new URL(url) });
  });

  test.each([
    'http://api.cloud.scenario.com/v1',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://10.0.0.1/v1',
    'http://0.0.0.0/v1',
  ])('is refused elsewhere: %s', (url) => {
    expect(problemsOf({ ...PRODUCTION, SCENARIO_BASE_URL: url })).toContain('SCENARIO_BASE_URL');
    expect(parse({ SCENARIO_BASE_URL: url, ALLOW_INSECURE_UPSTREAM: 'true' }).upstream).toMatchObject({
      baseUrl: new URL(url),
    });
  });
});
