import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Call, CallResult, CallScope, Send } from '../../src/http/call.ts';
import { ClientAbort } from '../../src/http/client-abort.ts';
import { withRetry } from '../../src/http/with-retry.ts';
import { CREATE, READ, scopeOf, UPDATE } from './calls.ts';
import { ANSWERED, failed, OpenCalls, status } from './open-calls.ts';

const RESET = failed({ kind: 'connection-lost', errorCode: 'ECONNRESET' }, true);
const HELD_BACK = { ...RESET, wasHeldBack: true };
const REFUSED = failed({ kind: 'unreachable', errorCode: 'ECONNREFUSED' });

let calls: OpenCalls;
let jitter: number;
let send: Send;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  calls = new OpenCalls();
  jitter = 0;
  send = withRetry(calls.send, () => jitter);
});

afterEach(() => vi.useRealTimers());

/** Ends the latest call so. @returns how many calls were sent by then, and after so many milliseconds */
async function fail(result: CallResult, thenMs = 0): Promise<readonly [atOnce: number, later: number]> {
  calls.end(result);
  await vi.advanceTimersByTimeAsync(Math.max(0, thenMs - 1));
  const before = calls.sent.length;
  await vi.advanceTimersByTimeAsync(1);
  return [before, calls.sent.length];
}

describe('the wait before a retry', () => {
  test('is full jitter below 100 ms, then below 200 ms, and there is no third retry', async () => {
    jitter = 0.5;
    const scope = scopeOf();
    const sent = send(READ, scope);
    expect(await fail(RESET, 50)).toEqual([1, 2]);
    expect(await fail(RESET, 100)).toEqual([2, 3]);
    calls.end(RESET);
    expect(await sent).toEqual(RESET);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(calls.sent.map(({ call }) => call.resends)).toEqual([undefined, 1, 2]);
    expect(scope.tally.retries).toBe(2);
  });

  test('is that of Retry-After and the jitter on top of it', async () => {
    jitter = 0.25;
    void send(READ, scopeOf());
    expect(await fail(failed(status(429, { retryAfterMs: 3_000 })), 3_025)).toEqual([1, 2]);
  });

  test.each([
    ['a 429', 429, [3_025]],
    ['another failure', 503, []],
  ])('is told as one for the quota behind %s: %i', async (_name, code, told) => {
    jitter = 0.25;
    const paced = vi.fn<(waitMs: number) => void>();
    void send(READ, { ...scopeOf(), paced });
    await fail(failed(status(code, { retryAfterMs: 3_000 })));
    expect(paced.mock.calls.flat()).toEqual(told);
  });

  test('is not waited where the deadline comes first, and the result tells how long it would have been', async () => {
    const throttled = failed(status(429, { retryAfterMs: 2_000 }));
    for (const [deadlineMs, result] of [
      [2_000, { ...throttled, missedRetryMs: 2_000 }],
      [2_001, ANSWERED],
    ] as const) {
      const sent = send(READ, scopeOf(deadlineMs));
      calls.end(throttled);
      await vi.advanceTimersByTimeAsync(2_000);
      calls.end(ANSWERED);
      expect(await sent).toEqual(result);
    }
    expect(calls.sent).toHaveLength(3);
  });

  test.each([
    ['a write that may have been applied leaves time to read it back', UPDATE, true, 1_500, false],
    ['a write that was not sent needs none', UPDATE, false, 1_500, true],
    ['a read needs none', READ, true, 1_500, true],
  ] as const)('%s', async (_name, call, unclear, deadlineMs, isRepeated) => {
    void send(call, scopeOf(deadlineMs));
    calls.end(failed(status(502, { retryAfterMs: 1_000 }), unclear));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(calls.sent).toHaveLength(isRepeated ? 2 : 1);
  });

  test('ends when the caller leaves, and nothing is sent any more', async () => {
    jitter = 0.99;
    const abort = new ClientAbort();
    const sent = send(READ, scopeOf(10_000, abort));
    calls.end(RESET);
    await vi.advanceTimersByTimeAsync(98);
    abort.abort();
    expect(await sent).toEqual(RESET);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(calls.sent).toHaveLength(1);
  });
});

test.each([
  ['whose answer was lost before is', UPDATE, RESET, true],
  ['of which nothing was sent before is not', UPDATE, REFUSED, false],
  ['of which nothing was sent before is not, a create either', CREATE, REFUSED, false],
])('a success %s unclear', async (_name, call: Call, first: CallResult, unclear) => {
  const sent = send(call, scopeOf());
  await fail(first, 0);
  calls.end(ANSWERED);
  expect(await sent).toEqual({ ...ANSWERED, unclear });
});

test('a refusal behind a lost answer is unclear', async () => {
  const sent = send(UPDATE, scopeOf());
  await fail(RESET, 0);
  calls.end(failed(status(400)));
  expect(await sent).toEqual(failed(status(400), true));
});

/** Lets so many calls fail at once. @returns what they come to if no retry ever ends */
async function failTogether(count: number, scope: () => CallScope = scopeOf) {
  const results: CallResult[] = [];
  for (let sent = 0; sent < count; sent += 1) void send(READ, scope()).then((result) => results.push(result));
  for (const { end } of calls.sent) end(RESET);
  await vi.advanceTimersByTimeAsync(1);
  return results;
}

describe('all retries together', () => {
  test.each([
    [1, 1],
    [3, 3],
    [15, 3],
    [19, 3],
    [20, 4],
    [24, 4],
    [25, 5],
    [100, 20],
  ])('of %i calls in flight that fail at once %i are repeated', async (inFlight, repeated) => {
    const results = await failTogether(inFlight);
    expect(calls.sent).toHaveLength(inFlight + repeated);
    expect(results).toEqual(Array.from({ length: inFlight - repeated }, () => HELD_BACK));
  });

  test('keep their places while they wait and until they have ended', async () => {
    jitter = 0.5;
    await failTogether(4);
    const late = send(READ, scopeOf());
    calls.end(RESET);
    expect(await late).toEqual(HELD_BACK);
    await vi.advanceTimersByTimeAsync(50);
    expect(calls.sent).toHaveLength(8);
    const later = send(READ, scopeOf());
    calls.end(RESET);
    expect(await later).toEqual(HELD_BACK);
    calls.sent[5]?.end(ANSWERED);
    await vi.advanceTimersByTimeAsync(0);
    void send(READ, scopeOf());
    expect(await fail(RESET, 50)).toEqual([10, 11]);
  });

  test('give their places back when their callers leave', async () => {
    jitter = 0.5;
    const abort = new ClientAbort();
    await failTogether(3, () => scopeOf(10_000, abort));
    abort.abort();
    void send(READ, scopeOf());
    expect(await fail(RESET, 50)).toEqual([4, 5]);
  });

  test('calls that have ended are not in flight any more', async () => {
    const first = Array.from({ length: 97 }, () => send(READ, scopeOf()));
    for (const { end } of calls.sent) end(ANSWERED);
    await Promise.all(first);
    const before = calls.sent.length;
    for (let sent = 0; sent < 4; sent += 1) void send(READ, scopeOf());
    for (const { end } of calls.sent.slice(before)) end(RESET);
    await vi.advanceTimersByTimeAsync(1);
    expect(calls.sent).toHaveLength(before + 4 + 3);
  });
});
