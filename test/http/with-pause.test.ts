import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Send } from '../../src/http/call.ts';
import { ClientAbort } from '../../src/http/client-abort.ts';
import { withPause } from '../../src/http/with-pause.ts';
import { CREATE, READ, scopeOf } from './calls.ts';
import { ANSWERED, failed, OpenCalls, status } from './open-calls.ts';

const throttled = (retryAfterMs: number | null) => failed(status(429, { retryAfterMs }));

let calls: OpenCalls;
let jitter: number;
let send: Send;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  calls = new OpenCalls();
  jitter = 0;
  send = withPause(calls.send, () => jitter);
});

afterEach(() => vi.useRealTimers());

/** Lets a call come to this. */
async function end(result: Parameters<OpenCalls['end']>[0]): Promise<void> {
  const sent = send(READ, scopeOf(200_000));
  calls.end(result);
  await sent;
}

/** Sends one more call. @returns how long it is held up */
async function heldUpMs(): Promise<number> {
  const startedAt = performance.now();
  const before = calls.sent.length;
  void send(CREATE, scopeOf(200_000));
  if (calls.sent.length === before) await vi.advanceTimersToNextTimerAsync();
  expect(calls.sent).toHaveLength(before + 1);
  return performance.now() - startedAt;
}

test('a 429 holds up every call for as long as it says, each with a spread of at most 100 ms', async () => {
  await end(throttled(2_000));
  jitter = 0.5;
  expect(await heldUpMs()).toBe(2_050);
  expect(await heldUpMs()).toBe(0);
});

test.each([
  ['a 429 that does not say how long', throttled(null)],
  ['a 429 that asks for no wait', throttled(0)],
  ['a limit of the plan', failed(status(429, { retryAfterMs: 5_000, planCeiling: true }))],
  ['a 503 with Retry-After', failed(status(503, { retryAfterMs: 5_000 }))],
  ['another failure', failed({ kind: 'connection-lost', errorCode: 'ECONNRESET' })],
  ['an answer', ANSWERED],
])('%s holds up nothing', async (_name, result) => {
  await end(result);
  expect(await heldUpMs()).toBe(0);
});

test('of two pauses the one that ends later counts', async () => {
  const early = send(READ, scopeOf());
  const late = send(READ, scopeOf());
  calls.sent[0]?.end(throttled(5_000));
  await early;
  vi.advanceTimersByTime(1_000);
  calls.sent[1]?.end(throttled(1_000));
  await late;
  expect(await heldUpMs()).toBe(4_000);
});

test('a call whose deadline does not come later is refused at once with the wait, rounded up', async () => {
  await end(throttled(2_000));
  const refused = failed({ kind: 'paused', retryAfterMs: 2_000 });
  expect(await send(READ, scopeOf(2_000))).toEqual(refused);
  vi.advanceTimersByTime(0.5);
  expect(await send(READ, scopeOf(1_999))).toEqual(refused);
  expect(calls.sent).toHaveLength(1);
});

test('a call whose deadline comes later waits', async () => {
  await end(throttled(2_000));
  const paced = vi.fn<(waitMs: number) => void>();
  void send(READ, { ...scopeOf(2_001), paced });
  expect(paced.mock.calls).toEqual([[2_000]]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(calls.sent).toHaveLength(2);
});

test('a call that was held up and is throttled again holds up the others', async () => {
  await end(throttled(1_000));
  const sent = send(READ, scopeOf());
  await vi.advanceTimersByTimeAsync(1_000);
  calls.end(throttled(3_000));
  expect(await sent).toEqual(throttled(3_000));
  expect(await heldUpMs()).toBe(3_000);
});

test('a caller that leaves during the pause sends nothing', async () => {
  const abort = new ClientAbort();
  await end(throttled(1_000));
  const sent = send(READ, scopeOf(10_000, abort));
  abort.abort();
  expect(await sent).toEqual(failed({ kind: 'paused', retryAfterMs: 1_000 }));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(calls.sent).toHaveLength(1);
});
