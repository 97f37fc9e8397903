import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CallResult } from '../../src/http/call.ts';
import { ClientAbort } from '../../src/http/client-abort.ts';
import type { Failure } from '../../src/http/failure.ts';
import { type Breaker, withBreaker } from '../../src/http/with-breaker.ts';
import { READ, scopeOf } from './calls.ts';
import { ANSWERED, failed, OpenCalls, status, timedOut } from './open-calls.ts';

const LIMITS = { attemptMs: 5_000, operationMs: 10_000 };
const REFUSED = failed({ kind: 'circuit-open', retryAfterMs: 1_000 });
const RESET = failed({ kind: 'connection-lost', errorCode: 'ECONNRESET' }, true);
const CANCELLED = failed({ kind: 'cancelled', sent: true });

let calls: OpenCalls;
let breaker: Breaker;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  calls = new OpenCalls();
  breaker = withBreaker(calls.send, LIMITS);
});

afterEach(() => vi.useRealTimers());

/** Sends one call that comes to this. */
function run(result: CallResult): Promise<CallResult> {
  const answered = breaker.send(READ, scopeOf());
  calls.end(result);
  return answered;
}

async function runTimes(times: number, result: CallResult): Promise<void> {
  for (let done = 0; done < times; done += 1) await run(result);
}

/** Sends a call. @returns whether it went out */
function goesOut(): boolean {
  const before = calls.sent.length;
  void breaker.send(READ, scopeOf());
  return calls.sent.length > before;
}

test('ten failed attempts in a row open it, nine do not, and an answer between starts the count again', async () => {
  await runTimes(9, RESET);
  expect(breaker.state()).toBe('closed');
  await run(ANSWERED);
  await runTimes(9, RESET);
  expect(breaker.state()).toBe('closed');
  await run(RESET);
  expect(breaker.state()).toBe('open');
  expect(await breaker.send(READ, scopeOf())).toEqual(REFUSED);
  expect(calls.sent).toHaveLength(20);
});

const VERDICTS: ReadonlyArray<readonly [Failure, 'open' | 'closed']> = [
  [{ kind: 'unreachable', errorCode: 'ECONNREFUSED' }, 'open'],
  [{ kind: 'connection-lost', errorCode: 'ECONNRESET' }, 'open'],
  [timedOut('attempt', 5_000), 'open'],
  [status(500), 'open'],
  [status(503), 'open'],
  [status(499), 'closed'],
  [status(429), 'closed'],
  [{ kind: 'unreadable', why: 'not-json' }, 'closed'],
  [{ kind: 'malformed', issue: 'no id' }, 'closed'],
];

// The upstream was not waited for, or not called at all.
const NEUTRAL: ReadonlyArray<Failure> = [
  { kind: 'cancelled', sent: true },
  timedOut('deadline', 4_999),
  { kind: 'paused', retryAfterMs: 1 },
  { kind: 'paced', retryAfterMs: 1 },
  { kind: 'circuit-open', retryAfterMs: 1 },
  { kind: 'overloaded', retryAfterMs: 1 },
  { kind: 'call-limit', limit: 1 },
];

test.each(VERDICTS)('%o, ten times in a row, leaves it %s', async (failure, state) => {
  await runTimes(10, failed(failure));
  expect(breaker.state()).toBe(state);
});

test.each(NEUTRAL)('%o says nothing: it neither counts nor starts the count again', async (neutral) => {
  await runTimes(8, RESET);
  await runTimes(20, failed(neutral));
  await run(RESET);
  await run(failed(neutral));
  expect(breaker.state()).toBe('closed');
  await run(RESET);
  expect(breaker.state()).toBe('open');
});

test('a deadline that is shorter than an attempt by configuration counts, one that a caller has shortened does not', async () => {
  breaker = withBreaker(calls.send, { attemptMs: 5_000, operationMs: 2_000 });
  await runTimes(20, failed(timedOut('deadline', 1_799)));
  expect(breaker.state()).toBe('closed');
  await runTimes(10, failed(timedOut('deadline', 1_800)));
  expect(breaker.state()).toBe('open');
});

test('once open it lets one attempt a second through, one at a time', async () => {
  await runTimes(10, RESET);
  vi.advanceTimersByTime(999);
  expect([goesOut(), breaker.state()]).toEqual([false, 'open']);
  vi.advanceTimersByTime(1);
  expect([goesOut(), goesOut(), breaker.state()]).toEqual([true, false, 'half-open']);
  vi.advanceTimersByTime(300);
  calls.end(RESET);
  await Promise.resolve();
  vi.advanceTimersByTime(999);
  expect([goesOut(), breaker.state()]).toEqual([false, 'open']);
  vi.advanceTimersByTime(1);
  expect(goesOut()).toBe(true);
});

test.each([ANSWERED, failed(status(404)), failed({ kind: 'unreadable', why: 'not-json' })])(
  'a probe that is answered closes it: %o',
  async (answer) => {
    await runTimes(10, RESET);
    vi.advanceTimersByTime(1_000);
    expect(await run(answer)).toEqual(answer);
    expect([breaker.state(), goesOut(), goesOut()]).toEqual(['closed', true, true]);
    await runTimes(9, RESET);
    expect(breaker.state()).toBe('closed');
  },
);

test.each([CANCELLED, failed(timedOut('deadline', 1_500))])(
  'a probe that its caller cut short proves nothing: %o leaves it open, and the next second has its probe',
  async (cut) => {
    await runTimes(10, RESET);
    vi.advanceTimersByTime(1_000);
    expect(goesOut()).toBe(true);
    vi.advanceTimersByTime(400);
    calls.end(cut);
    await Promise.resolve();
    expect([breaker.state(), goesOut()]).toEqual(['open', false]);
    vi.advanceTimersByTime(600);
    expect(goesOut()).toBe(true);
  },
);

test('what was sent before it opened says nothing once it is open', async () => {
  const early = breaker.send(READ, scopeOf());
  const [sent] = calls.sent;
  await runTimes(10, RESET);
  sent?.end(ANSWERED);
  expect(await early).toEqual(ANSWERED);
  expect(breaker.state()).toBe('open');
});

test('a probe that reads is not cancelled with its caller: all others wait for what it tells', async () => {
  await runTimes(10, RESET);
  vi.advanceTimersByTime(1_000);
  const caller = new ClientAbort();
  void breaker.send(READ, scopeOf(60_000, caller));
  caller.abort();
  expect(calls.sent.at(-1)?.scope.signal.aborted).toBe(false);
  calls.end(ANSWERED);
  await Promise.resolve();
  expect(breaker.state()).toBe('closed');
});
