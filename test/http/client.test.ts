import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Call, CallResult } from '../../src/http/call.ts';
import { type Client, type ClientOptions, createClient } from '../../src/http/client.ts';
import { ClientAbort } from '../../src/http/client-abort.ts';
import { eventually } from '../support/eventually.ts';
import {
  hang,
  json,
  raw,
  type ScriptedUpstream,
  startScriptedUpstream,
} from '../support/scripted-upstream.ts';
import { CREATE, READ, scopeOf } from './calls.ts';
import { failed } from './open-calls.ts';

let upstream: ScriptedUpstream;
const clients: Client[] = [];

beforeEach(async () => {
  upstream = await startScriptedUpstream(() => json({ a: 1 }));
});

afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  await upstream.close();
});

function open(options: Partial<ClientOptions> = {}): Client {
  const client = createClient({
    baseUrl: new URL(upstream.url),
    proxy: null,
    key: 'key-1',
    secret: 'canary',
    timeoutMs: 5_000,
    maxBodyBytes: 1_000,
    ...options,
  });
  clients.push(client);
  return client;
}

/** Sends a call. @returns what arrived */
async function arrived(call: Call, client = open()) {
  await client.send(call, scopeOf());
  const request = upstream.requests.at(-1);
  if (!request) throw new Error('nothing arrived');
  const { method, target, body } = request;
  return { method, target, body, headers: Object.fromEntries(request.headers) };
}

describe('a request', () => {
  const headers = {
    host: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
    connection: 'keep-alive',
    accept: 'application/json',
    'accept-encoding': 'identity',
    authorization: `Basic ${btoa('key-1:canary')}`,
    'user-agent': 'scenario-collections-gateway',
    'x-request-id': 'request-1',
  };

  test('holds its call, the credentials, the id of its operation, and nothing else', async () => {
    expect(await arrived(READ)).toEqual({ method: 'GET', target: '/v1/things/1', body: '', headers });
    expect(await arrived(CREATE)).toEqual({
      method: 'POST',
      target: '/v1/things',
      body: CREATE.body,
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': String(CREATE.body?.length),
      },
    });
  });

  test.each([
    ['', '/things/1'],
    ['/', '/things/1'],
    ['/api/v1', '/api/v1/things/1'],
    ['/api/v1/', '/api/v1/things/1'],
  ])('below the base path "%s" goes to %s', async (basePath, target) => {
    const client = open({ baseUrl: new URL(basePath, `http://127.0.0.1:${upstream.port}`) });
    expect(await arrived(READ, client)).toMatchObject({ target });
  });
});

test('what the upstream repeats of the credentials or of its host is passed on to nobody', async () => {
  const host = `127.0.0.1:${upstream.port}`;
  const pair = btoa('key-1:canary');
  const reason = `no ${pair}, key-1:canary, key-1 or canary at ${host}`;
  upstream.answer = () => json({ reason }, 400);
  expect(await open().send(READ, scopeOf())).toMatchObject({
    failure: { status: 400, reason: 'no [redacted], [redacted], [redacted] or [redacted] at [redacted]' },
  });
});

describe('an attempt', () => {
  test('is counted and told, and what it came to', async () => {
    const ended = vi.fn<(result: CallResult) => void>();
    const attemptStarted = vi.fn<(call: Call) => typeof ended>(() => ended);
    const scope = { ...scopeOf(), observer: { attemptStarted } };
    const result = await open().send(READ, scope);
    expect(result).toEqual({ ok: true, body: { a: 1 }, unclear: false });
    expect(scope.tally.attempts).toBe(1);
    expect([attemptStarted.mock.calls, ended.mock.calls]).toEqual([[[READ]], [[result]]]);
  });

  test.each([
    ['whose caller has left', { kind: 'cancelled', sent: false } as const],
    ['whose time is over', { kind: 'timed-out', limit: 'deadline', sent: false, waitedMs: 0 } as const],
  ])('%s is none: nothing is sent or counted', async (_what, failure) => {
    const abort = new ClientAbort();
    if (failure.kind === 'cancelled') abort.abort();
    const scope = scopeOf(failure.kind === 'cancelled' ? 10_000 : 0, abort);
    expect(await open().send(READ, scope)).toEqual(failed(failure));
    expect([scope.tally.attempts, upstream.sockets.size]).toEqual([0, 0]);
  });
});

describe('a connection', () => {
  test('is used again behind an answer that was read whole, and behind no other', async () => {
    const client = open();
    const large = json('x'.repeat(2_000));
    for (const answer of [json({}), json({}, 404), large, json({})]) {
      upstream.answer = () => answer;
      await client.send(READ, scopeOf());
    }
    const [first, second, third, fourth] = upstream.requests.map(({ socket }) => socket);
    expect([second === first, third === first, fourth === first]).toEqual([true, true, false]);
    await eventually('the first is closed', () => upstream.sockets.size === 1);
  });

  test('is opened with the first call, and closed with the client, with what is under way over it', async () => {
    upstream.answer = () => hang;
    const client = open();
    expect(upstream.sockets.size).toBe(0);
    const sent = Promise.all([client.send(READ, scopeOf()), client.send(CREATE, scopeOf())]);
    await eventually('both have arrived', () => upstream.requests.length === 2);
    await client.close();
    expect(await sent).toMatchObject([
      { ok: false, unclear: true },
      { ok: false, unclear: true },
    ]);
    await eventually('both are closed', () => upstream.sockets.size === 0);
  });

  test('that cannot be opened leaves the call unsent', async () => {
    const client = open();
    await upstream.close();
    const failure = { kind: 'unreachable', errorCode: 'ECONNREFUSED' } as const;
    expect(await client.send(CREATE, scopeOf())).toEqual(failed(failure));
  });

  test('over which a call went that cannot be repeated is soon closed, whatever the upstream allows', async () => {
    upstream.answer = () => json({}, 200, { 'keep-alive': 'timeout=60' });
    await open().send(CREATE, scopeOf());
    expect(upstream.sockets.size).toBe(1);
    await eventually('it is closed', () => upstream.sockets.size === 0, 3_000);
  });

  test.each([
    ['a reset', raw('', 'reset')],
    ['no HTTP', raw('hello\r\n\r\n')],
    ['an end', raw('')],
  ])('that breaks after the request is lost: %s', async (_how, reply) => {
    upstream.answer = () => reply;
    expect(await open().send(READ, scopeOf())).toMatchObject({ failure: { kind: 'connection-lost' } });
  });
});
