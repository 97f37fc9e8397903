import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Bulkhead } from '../../src/http/bulkhead.ts';
import type { Call } from '../../src/http/call.ts';
import { type Client, createClient } from '../../src/http/client.ts';
import { ClientAbort } from '../../src/http/client-abort.ts';
import { withLimit } from '../../src/http/with-limit.ts';
import { eventually } from '../support/eventually.ts';
import { hang, json, type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { CREATE, READ, READ_BY_POST, scopeOf, UPDATE } from './calls.ts';

let upstream: ScriptedUpstream;
let client: Client;

beforeEach(async () => {
  upstream = await startScriptedUpstream(() => json({}));
  client = createClient({
    baseUrl: new URL(upstream.url),
    proxy: null,
    key: 'key',
    secret: 'secret',
    timeoutMs: 5_000,
    maxBodyBytes: 1_000,
  });
});

afterEach(async () => {
  await client.close();
  await upstream.close();
});

/** Sends a call whose caller leaves once it is out. @returns whether the call is over at once */
async function endsWithCaller(call: Call): Promise<boolean> {
  upstream.answer = () => hang;
  const clientAbort = new ClientAbort();
  const sent = client.send(call, scopeOf(5_000, clientAbort)).then(() => true);
  await eventually('the call is out', () => upstream.requests.length === 1);
  clientAbort.abort();
  return Promise.race([sent, setImmediate(false)]);
}

test.each([READ, READ_BY_POST])(
  'a read is over with its caller, whatever its method: $method',
  async (call) => {
    expect(await endsWithCaller(call)).toBe(true);
    await eventually('its socket is closed', () => upstream.sockets.size === 0);
  },
);

test.each([CREATE, UPDATE])('a write that was sent is awaited without its caller: $method', async (call) => {
  expect(await endsWithCaller(call)).toBe(false);
  expect(upstream.sockets.size).toBe(1);
});

test('calls that may be repeated share idle sockets; one that may not never meets a socket of theirs', async () => {
  for (const call of [READ, READ_BY_POST, UPDATE, CREATE]) {
    await client.send(call, scopeOf());
    // A socket takes its next call one turn after the answer.
    await setImmediate();
  }
  const [read, readByPost, update, create] = upstream.requests.map(({ socket }) => socket);
  expect([readByPost === read, update === read, create === read]).toEqual([true, true, false]);
});

test('reads leave the slots that are kept for writes free, also when they are POSTs', async () => {
  upstream.answer = () => hang;
  const bulkhead = new Bulkhead(8);
  const send = withLimit(client.send, bulkhead);
  const [clientAbort, most] = [new ClientAbort(), 7];
  const sent = Array.from({ length: 8 }, () => send(READ_BY_POST, scopeOf(5_000, clientAbort)));
  expect([bulkhead.inUse, bulkhead.waiting]).toEqual([most, 1]);
  void send(CREATE, scopeOf(5_000, clientAbort));
  expect([bulkhead.inUse, bulkhead.waiting]).toEqual([8, 1]);
  clientAbort.abort();
  await Promise.all(sent);
});
