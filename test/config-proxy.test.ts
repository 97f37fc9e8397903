import { expect, test } from 'vitest';
import { parseConfig } from '../src/config/config.ts';
import { noFile, PRODUCTION, parseProduction as parse, problemsOf } from './support/environment.ts';

const PROXY = 'http://gateway:canary-p%40ss@proxy.example:3128';

const readFile = (path: string) => (path === '/run/proxy' ? `${PROXY}\n` : noFile(path));

test('without a proxy everything is reached directly', () => {
  expect(parse({}).proxyRules).toEqual({ proxy: null, exceptions: [] });
});

test('a proxy may have a password, which no log line may hold in any of its forms', () => {
  const { proxyRules, secrets } = parse({ HTTPS_PROXY: PROXY });
  expect(proxyRules.proxy?.href).toBe(`${PROXY}/`);
  expect(secrets).toEqual(
    expect.arrayContaining([PROXY, 'canary-p%40ss', 'canary-p@ss', 'gateway:canary-p@ss']),
  );
});

test('it may be read from a file, as every secret', () => {
  const { proxyRules } = parseConfig({ ...PRODUCTION, HTTPS_PROXY_FILE: '/run/proxy' }, readFile);
  expect(proxyRules.proxy?.host).toBe('proxy.example:3128');
});

test.each([
  'canary.example:3128',
  'socks5://canary.example:1080',
  'http://',
  'http://canary.example/path',
  'http://canary.example?a=b',
  'http://user:canary%zz@proxy.example',
])('%s is no proxy, and is not shown', (value) => {
  const problems = problemsOf({ ...PRODUCTION, HTTPS_PROXY: value });
  expect(problems).toContain('HTTPS_PROXY must be an http(s) URL');
  expect(problems).not.toContain('canary');
});

test('NO_PROXY is a list with commas or blanks between', () => {
  const { proxyRules } = parse({ NO_PROXY: ' .example.com, 10.0.0.0/8 ,,localhost internal:8443,' });
  expect(proxyRules.exceptions).toEqual(['.example.com', '10.0.0.0/8', 'localhost', 'internal:8443']);
});
