import { expect, test } from 'vitest';
import { parseRedisUrl } from '../../src/shared/redis-target.ts';

const LOGIN = { username: null, password: null };
const SINGLE = { ...LOGIN, kind: 'single', isEncrypted: false, host: 'redis', port: 6_379, database: 0 };
const SENTINELS = {
  ...LOGIN,
  kind: 'sentinel',
  isEncrypted: false,
  sentinels: [
    { host: 'a', port: 26_379 },
    { host: 'b', port: 1 },
  ],
  name: 'main',
  database: 0,
  sentinelLogin: LOGIN,
};

test.each<[url: string, target: object]>([
  ['redis://redis', SINGLE],
  ['redis://redis/', SINGLE],
  ['redis://redis:6380/3', { ...SINGLE, port: 6_380, database: 3 }],
  ['rediss://redis', { ...SINGLE, isEncrypted: true }],
  ['redis://:p%40s:s@redis', { ...SINGLE, password: 'p@s:s' }],
  ['redis://me:p@ss@redis', { ...SINGLE, username: 'me', password: 'p@ss' }],
  ['redis://me@redis', { ...SINGLE, username: 'me' }],
  ['redis://:100%@redis', { ...SINGLE, password: '100%' }],
  ['redis://[::1]:6380', { ...SINGLE, host: '::1', port: 6_380 }],
  ['redis://redis?family=6', SINGLE],
  [
    'redis+cluster://a,b:7000',
    {
      ...LOGIN,
      kind: 'cluster',
      isEncrypted: false,
      nodes: [
        { host: 'a', port: 6_379 },
        { host: 'b', port: 7_000 },
      ],
    },
  ],
  [
    'rediss+cluster://u:p@a/0',
    { username: 'u', password: 'p', kind: 'cluster', isEncrypted: true, nodes: [{ host: 'a', port: 6_379 }] },
  ],
  ['redis+sentinel://a,b:1/main', SENTINELS],
  ['redis+sentinel://a,b:1/main/2', { ...SENTINELS, database: 2 }],
  ['rediss+sentinel://a,b:1/my%20main', { ...SENTINELS, isEncrypted: true, name: 'my main' }],
  [
    'redis+sentinel://:data@a,b:1/main?sentinelUsername=s&sentinelPassword=p%40ss',
    { ...SENTINELS, password: 'data', sentinelLogin: { username: 's', password: 'p@ss' } },
  ],
])('%s', (url, target) => {
  expect(parseRedisUrl(url)).toEqual({ ok: true, value: target });
});

test.each([
  '',
  'redis',
  'redis://',
  'http://redis',
  'redis+cluster://',
  'redis+other://redis',
  'redis://a,b',
  'redis://redis:0',
  'redis://redis:65536',
  'redis://redis:port',
  'redis://redis/name',
  'redis://redis/0/1',
  'redis://re dis',
  'redis+cluster://a/1',
  'redis+cluster://a,,b',
  'redis+sentinel://a',
  'redis+sentinel://a/',
  'redis+sentinel://a/main/x',
  'redis+sentinel://a/main/0/1',
])('%j is none', (url) => {
  expect(parseRedisUrl(url)).toEqual({ ok: false, failure: [expect.stringMatching(/^must (be|have) /)] });
});

test.each<[url: string, problems: readonly RegExp[]]>([
  [
    'redis+cluster://marker:0,b,mar ker/1',
    [/at place 1 of its hosts/, /at place 3 of its hosts/, /no database/],
  ],
  ['redis://marker:0,b/marker', [/at place 1/, /one host/, /number of a database/]],
  ['redis+sentinel://:marker@a,b:99999//marker', [/at place 2/, /name of the Redis/, /number of a database/]],
])('%j is refused for all that is wrong with it, in words that quote nothing', (url, problems) => {
  const failure = problems.map((problem) => expect.stringMatching(problem));
  expect(parseRedisUrl(url)).toEqual({ ok: false, failure });
  expect(JSON.stringify(parseRedisUrl(url))).not.toMatch(/mar ?ker/);
});
