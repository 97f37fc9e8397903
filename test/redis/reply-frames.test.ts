import { expect, test } from 'vitest';
import { ReplyFrames } from '../../src/redis/reply-frames.ts';

const WHOLE = [
  '+OK\r\n',
  '-ERR no\r\n',
  ':-12\r\n',
  '$5\r\na\r\nbc\r\n',
  '$0\r\n\r\n',
  '$11\r\na long text\r\n',
  '$-1\r\n',
  '*-1\r\n',
  '*0\r\n',
  '*3\r\n$1\r\n1\r\n$-1\r\n:7\r\n',
  '*2\r\n*2\r\n+a\r\n*0\r\n%1\r\n+k\r\n*1\r\n_\r\n',
  '%2\r\n+a\r\n:1\r\n+b\r\n:2\r\n',
  '~1\r\n+a\r\n',
  '_\r\n',
  '#t\r\n',
  ',1.5\r\n',
  '(123\r\n',
  '!5\r\nERR a\r\n',
  '=7\r\ntxt:abc\r\n',
] as const;

const NONSENSE = [
  '>1\r\n+a\r\n',
  '?\r\n',
  '\r\n',
  '\n',
  '$x\r\n',
  '*?\r\n',
  '$-2\r\n',
  '*1.5\r\n',
  'HTTP/1.1 400\r\n',
  '|1\r\n',
];

/** Takes the bytes in pieces of this size; `false` as soon as one was refused. */
function take(text: string, size: number, expected: number, frames = new ReplyFrames()): boolean {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size)
    if (!frames.areReplies(bytes.subarray(at, at + size), expected)) return false;
  return true;
}

test.each(WHOLE)('%j is one reply, however it is cut', (reply) => {
  for (const size of [1, 2, 3, 5, reply.length]) {
    expect(take(reply, size, 1)).toBe(true);
    expect(take(reply, size, 0)).toBe(false);
  }
});

test('all of them are as many replies as they are', () => {
  for (const size of [1, 4, 7, 1_000]) {
    const all = WHOLE.join('');
    expect(take(all, 1_000, WHOLE.length)).toBe(true);
    expect(take(all, 1_000, WHOLE.length - 1)).toBe(false);
    // In pieces, each reply is counted by who waits for it: one at a time here.
    const frames = new ReplyFrames();
    expect(WHOLE.every((reply) => take(reply, size, 1, frames))).toBe(true);
  }
});

test('what has come in part counts until it is whole', () => {
  const frames = new ReplyFrames();
  expect(frames.areReplies(Buffer.from('*2\r\n+a\r\n'), 1)).toBe(true);
  expect(frames.areReplies(Buffer.from('+b\r\n+OK\r\n'), 1)).toBe(false);
});

test.each(NONSENSE)('%j is none', (text) => {
  for (const size of [1, text.length]) expect(take(text, size, 9)).toBe(false);
});

test('a line that does not end is none', () => {
  expect(take(`+${'x'.repeat(100_000)}`, 1_000, 1)).toBe(false);
});
