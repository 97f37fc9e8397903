import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runToEnd, startProcess } from './gateway-process.ts';

const KEY = 'canary-key-4711';
const SECRET = 'canary-secret-0815';
const GOOD = { AUTH_MODE: 'none', SCENARIO_SDK_API_KEY: KEY, SCENARIO_SDK_API_SECRET: SECRET, PORT: '0' };

/** Runs the bundle, which must refuse; gives what it said. */
async function refusalOf(env: Record<string, string>): Promise<string> {
  const { code, stdout, stderr } = await runToEnd(env);
  expect([code, stdout]).toEqual([78, '']);
  for (const value of [KEY, SECRET, 'node_modules', 'main.js:']) expect(stderr).not.toContain(value);
  return stderr;
}

function warningOf(name: string, meant: string): string {
  return `"variable":"${name}","msg":"this variable is not known and has no effect: ${meant} may be meant"}`;
}

describe('the bundle', () => {
  it.each([
    ['AUTH_MODE is missing', { ...GOOD, AUTH_MODE: '' }, ['AUTH_MODE']],
    ['credentials are missing', { AUTH_MODE: 'none' }, ['SCENARIO_SDK_API_KEY', 'SCENARIO_SDK_API_SECRET']],
    [
      'half of the credentials is missing',
      { AUTH_MODE: 'none', SCENARIO_SDK_API_KEY: KEY },
      ['SCENARIO_SDK_API_SECRET'],
    ],
    ['the environment is empty', {}, ['AUTH_MODE', 'SCENARIO_SDK_API_KEY', 'SCENARIO_SDK_API_SECRET']],
    [
      'the upstream would get the key in plain text',
      { ...GOOD, SCENARIO_BASE_URL: 'http://api.example.com/v1' },
      ['SCENARIO_BASE_URL'],
    ],
    [
      'the upstream holds credentials',
      { ...GOOD, SCENARIO_BASE_URL: `https://${KEY}:${SECRET}@api.example.com` },
      ['SCENARIO_BASE_URL'],
    ],
    ['any origin is let in', { ...GOOD, CORS_ORIGINS: '*' }, ['CORS_ORIGINS']],
    [
      'a secret comes twice',
      { ...GOOD, SCENARIO_SDK_API_KEY_FILE: 'package.json' },
      ['SCENARIO_SDK_API_KEY'],
    ],
    [
      'a secret has no file',
      { ...GOOD, SCENARIO_SDK_API_SECRET: '', SCENARIO_SDK_API_SECRET_FILE: '/nowhere' },
      ['SCENARIO_SDK_API_SECRET_FILE'],
    ],
  ])('refuses to start when %s', async (_what, env, names) => {
    const words = await refusalOf(env);
    for (const name of names) expect(words).toContain(name);
  });

  it('says of a number what it counts', async () => {
    const words = await refusalOf({ ...GOOD, CACHE_TTL_MS: '30s', MAX_BODY_BYTES: '100kb', PORT: 'http' });
    expect(words).toContain('CACHE_TTL_MS must be a whole number of milliseconds from 0 to 86400000.');
    expect(words).toContain('MAX_BODY_BYTES must be a whole number of bytes from 1 to 1073741824.');
    expect(words).toContain('PORT must be a whole number from 0 to 65535.');
  });

  it('starts beside variables that are nearly its own, and says which may be meant', async () => {
    const { stdout } = await startProcess({
      UPSTREAM: 'sandbox',
      CORS_ORIGIN: SECRET,
      RATE_LIMIT_PER_MIN: '7',
      redis_url: SECRET,
      SCENARIO_API_KEY: KEY,
      UPSTREAM_HOST: 'example.com',
      MAX_BULK_ID: '',
      POST: '1',
    });
    const warnings = stdout()
      .split('\n')
      .flatMap((line) => /"variable":.*/.exec(line) ?? []);
    expect(warnings).toEqual([
      warningOf('CORS_ORIGIN', 'CORS_ORIGINS'),
      warningOf('RATE_LIMIT_PER_MIN', 'RATE_LIMIT_PER_MINUTE'),
      warningOf('redis_url', 'REDIS_URL'),
    ]);
    for (const value of [KEY, SECRET]) expect(stdout()).not.toContain(value);
  });

  it('names every problem at once', async () => {
    const words = await refusalOf({
      SCENARIO_SDK_API_KEY: KEY,
      SCENARIO_BASE_URL: 'http://api.example.com/v1',
      AUTH_MODE: SECRET,
      PORT: '70000',
      DEADLINE_MS: '-1',
      LOG_LEVEL: 'loud',
      GRAPHIQL: 'yes',
    });
    const names = [
      'SCENARIO_SDK_API_SECRET',
      'SCENARIO_BASE_URL',
      'AUTH_MODE',
      'PORT',
      'DEADLINE_MS',
      'LOG_LEVEL',
      'GRAPHIQL',
    ];
    expect(names.filter((name) => !words.includes(name))).toEqual([]);
  });
});

it('a port that is taken ends the process with 1, and the log says why', async () => {
  const { url } = await startProcess(GOOD);
  const { port } = new URL(url);
  const { code, stdout, stderr } = await runToEnd({
    ...GOOD,
    HOST: '127.0.0.1',
    ADMIN_PORT: '0',
    PORT: port,
  });
  expect(code).toBe(1);
  expect(stderr).toBe(`Port ${port} is in use: set PORT to another one.\n`);
  expect(stdout).toMatch(/"level":60,.*"code":"EADDRINUSE",.*"msg":"crashed"/);
});

it('takes secrets from files, with the newline that editors leave', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'secrets-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'key'), `${KEY}\n`);
  await writeFile(join(folder, 'secret'), `${SECRET}\n`);
  const { query } = await startProcess({
    SCENARIO_SDK_API_KEY_FILE: join(folder, 'key'),
    SCENARIO_SDK_API_SECRET_FILE: join(folder, 'secret'),
  });
  expect((await query('{ __typename }')).status).toBe(200);
});
