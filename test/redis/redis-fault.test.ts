import { describe, expect, test } from 'vitest';
import { isErrorReply, RedisFault, reasonOf } from '../../src/redis/redis-fault.ts';

const reply = (message: string) => Object.assign(new Error(message), { name: 'ReplyError' });
const coded = (code: unknown) => Object.assign(new Error('connect 10.0.0.1:6379'), { code });
const clustered = (message: string, lastNodeError?: unknown) =>
  Object.assign(new Error(message), { lastNodeError });

describe('of an error the log is told no more than', () => {
  test.each<[what: string, error: unknown, reason: string]>([
    ['the first word of what Redis replied', reply('OOM command not allowed: SET secret'), 'OOM'],
    ['the word that is behind a script', reply('ERR user_script:3: -READONLY no secret'), 'READONLY'],
    ['the first word where a script has none', reply('NOSCRIPT: -a secret'), 'NOSCRIPT'],
    ['that it was one where there is no word', reply('secret OOM'), 'ERR'],
    ['its code', coded('ECONNREFUSED'), 'ECONNREFUSED'],
    ['the code of a fault of ours', new RedisFault('LATE'), 'LATE'],
    ['the code in its text where its own is none', coded(7), 'unknown'],
    ['the code in its text', new Error('all sentinels: connect ETIMEDOUT 10.0.0.1'), 'ETIMEDOUT'],
    ['what a node of a cluster said last', clustered('secret', coded('ECONNRESET')), 'ECONNRESET'],
    ['what stands in its text where no node said anything', clustered('EHOSTUNREACH'), 'EHOSTUNREACH'],
    ['that it is unknown', new Error('secret EABC of 10.0.0.1'), 'unknown'],
    ['that it is unknown where it is no error', { message: 'secret' }, 'unknown'],
  ])('%s', (_what, error, reason) => {
    expect(reasonOf(error)).toBe(reason);
  });
});

test('what Redis itself refused is told from what went wrong on the way', () => {
  expect([reply('OOM no'), new Error('OOM no'), { name: 'ReplyError' }].map(isErrorReply)).toEqual([
    true,
    false,
    false,
  ]);
  expect(new RedisFault('SILENT')).toMatchObject({ name: 'RedisFault', code: 'SILENT' });
});
