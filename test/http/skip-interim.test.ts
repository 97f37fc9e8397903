import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Client, createClient } from '../../src/http/client.ts';
import {
  hang,
  type Reply,
  raw,
  type ScriptedUpstream,
  startScriptedUpstream,
} from '../support/scripted-upstream.ts';
import { READ, scopeOf } from './calls.ts';

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';

let upstream: ScriptedUpstream;
let client: Client;

beforeEach(async () => {
  upstream = await startScriptedUpstream(() => hang);
  client = createClient({
    baseUrl: new URL(upstream.url),
    proxy: null,
    key: 'key',
    secret: 'secret',
    timeoutMs: 5_000,
    maxBodyBytes: 100_000,
  });
});

afterEach(async () => {
  await client.close();
  await upstream.close();
});

/** Answers with these pieces, each in a packet of its own. */
function answerInPieces(...pieces: readonly string[]): void {
  upstream.answer = async ({ socket }): Promise<Reply> => {
    for (const piece of pieces.slice(0, -1)) {
      socket.write(piece);
      await delay(20);
    }
    return raw(pieces.at(-1) ?? '', 'keep');
  };
}

test.each([
  ['in one piece', [CONTINUE + ANSWER]],
  ['before the answer', [CONTINUE, ANSWER]],
  ['cut in the version', ['HTTP/1.', `1 100 Continue\r\n\r\n${ANSWER}`]],
  ['cut in the status', ['HTTP/1.1 1', `00 Continue\r\n\r\n${ANSWER}`]],
  ['cut in the number', ['HTTP/1.1 10', `0 Continue\r\n\r\n${ANSWER}`]],
  ['cut at its end', [CONTINUE.slice(0, -1), `\n${ANSWER}`]],
  ['several, with headers', [`HTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\n${CONTINUE}`, CONTINUE + ANSWER]],
  ['with the answer cut in its status', [`${CONTINUE}HTTP/1.1 2`, ANSWER.slice(10)]],
  ['none, and the answer in bytes', ANSWER.split('')],
])('an interim answer is passed over: %s, on every call of a connection', async (_name, pieces) => {
  answerInPieces(...pieces);
  for (let call = 0; call < 2; call += 1)
    expect(await client.send(READ, scopeOf())).toEqual({ ok: true, body: {}, unclear: false });
  expect(new Set(upstream.requests.map(({ socket }) => socket)).size).toBe(1);
});

test('many are passed over one by one: a flood of them is not kept', async () => {
  answerInPieces(CONTINUE.repeat(600_000) + ANSWER);
  expect(await client.send(READ, scopeOf())).toEqual({ ok: true, body: {}, unclear: false });
});

test('what looks like an interim answer in a body is left there', async () => {
  const head = `HTTP/1.1 404 Not Found\r\ncontent-length: ${CONTINUE.length}\r\n\r\n`;
  answerInPieces(head, CONTINUE);
  expect(await client.send(READ, scopeOf())).toMatchObject({ failure: { kind: 'status', status: 404 } });
});

test.each([
  ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: h3\r\nconnection: upgrade\r\n\r\n'],
  ['an interim answer without an end', `HTTP/1.1 103 Early Hints\r\nlink: ${'a'.repeat(40_000)}`],
])('%s is no answer', async (_name, bytes) => {
  answerInPieces(bytes);
  expect(await client.send(READ, scopeOf())).toMatchObject({ failure: { kind: 'connection-lost' } });
});
