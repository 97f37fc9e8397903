import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Bulkhead } from '../../src/http/bulkhead.ts';
import { ClientAbort } from '../../src/http/client-abort.ts';
import { Exchange } from '../../src/http/exchange.ts';
import { Expiries } from '../../src/http/expiries.ts';
import type { Failure } from '../../src/http/failure.ts';
import { sleep } from '../../src/http/sleep.ts';
import { withCallLimit } from '../../src/http/with-call-limit.ts';
import { withLimit } from '../../src/http/with-limit.ts';
import { READ, scopeOf, UPDATE } from './calls.ts';
import { ANSWERED, failed, OpenCalls, status, timedOut } from './open-calls.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

describe('a sleep', () => {
  test('ends at its time, and forgets its caller', async () => {
    const abort = new ClientAbort();
    const slept = vi.fn<(completed: boolean) => void>();
    void sleep(100, abort).then(slept);
    await vi.advanceTimersByTimeAsync(99);
    expect(slept).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(slept).toHaveBeenCalledExactlyOnceWith(true);
    abort.abort();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is cut short by its caller, and is not begun for one who has left', async () => {
    const abort = new ClientAbort();
    const slept = sleep(100, abort);
    abort.abort();
    expect(await slept).toBe(false);
    expect(await sleep(100, abort)).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a caller that leaves', () => {
  test('tells each listener once, and none that was removed', () => {
    const abort = new ClientAbort();
    const first = vi.fn<() => void>();
    const second = vi.fn<() => void>();
    const removed = vi.fn<() => void>();
    const latest = vi.fn<() => void>();
    for (const listener of [first, removed, second, latest]) abort.addEventListener('abort', listener);
    abort.removeEventListener('abort', latest);
    abort.removeEventListener('abort', removed);
    abort.removeEventListener('abort', removed);
    expect(abort.aborted).toBe(false);
    abort.abort();
    abort.abort();
    expect(abort.aborted).toBe(true);
    expect([first, second, removed, latest].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 0, 0]);
  });
});

describe("the platform's own signal will do, and nothing listens to it afterwards", () => {
  test.each([
    ['a sleep', (signal: AbortSignal) => sleep(100, signal), false],
    ['a wait for a slot', (signal: AbortSignal) => waitForSlot(signal), { kind: 'cancelled', sent: false }],
    [
      'an exchange',
      (signal: AbortSignal) => exchange(signal),
      { ok: false, failure: { kind: 'cancelled', sent: false } },
    ],
  ])('%s', async (_what, begin, ended) => {
    const abort = new AbortController();
    const wait = begin(abort.signal);
    expect(getEventListeners(abort.signal, 'abort')).toHaveLength(1);
    abort.abort();
    expect(await wait).toEqual(ended);
    expect(getEventListeners(abort.signal, 'abort')).toEqual([]);
  });
});

function waitForSlot(signal: AbortSignal): Promise<Failure | null> {
  const bulkhead = new Bulkhead(1);
  bulkhead.tryEnter(false);
  return bulkhead.enter(false, scopeOf(10_000, signal));
}

function exchange(signal: AbortSignal): Exchange['result'] {
  return new Exchange(READ, scopeOf(10_000, signal), { timeoutMs: 5_000, maxBodyBytes: 8 }, new Expiries())
    .result;
}

describe('an operation', () => {
  test('makes as many calls as it may, and no more', async () => {
    const calls = new OpenCalls();
    const send = withCallLimit(calls.send);
    const scope = { ...scopeOf(), calls: { made: 0, limit: 2 } };
    void send(READ, scope);
    void send(READ, scope);
    expect(await send(READ, scope)).toEqual(failed({ kind: 'call-limit', limit: 2 }));
    expect([calls.sent.length, scope.calls.made]).toEqual([2, 2]);
  });
});

describe('a slot', () => {
  test.each([
    ['answered', ANSWERED],
    ['failed', failed(status(500))],
    ['cancelled', failed({ kind: 'cancelled', sent: true })],
  ])('is given back when its call has ended: %s', async (_how, result) => {
    const calls = new OpenCalls();
    const bulkhead = new Bulkhead(2);
    const send = withLimit(calls.send, bulkhead);
    const first = send(READ, scopeOf());
    const second = send(READ, scopeOf());
    expect([calls.sent.length, bulkhead.inUse, bulkhead.waiting]).toEqual([1, 1, 1]);
    void send(UPDATE, scopeOf());
    expect([calls.sent.length, bulkhead.inUse]).toEqual([2, 2]);
    calls.sent[0]?.end(result);
    expect(await first).toEqual(result);
    await vi.advanceTimersByTimeAsync(0);
    expect([calls.sent.length, bulkhead.inUse, bulkhead.waiting]).toEqual([3, 2, 0]);
    calls.end(ANSWERED);
    expect(await second).toEqual(ANSWERED);
  });

  test('is given back by a call that throws', async () => {
    const bulkhead = new Bulkhead(1);
    const send = withLimit(() => Promise.reject(new Error('broken')), bulkhead);
    await expect(send(READ, scopeOf())).rejects.toThrow('broken');
    expect(bulkhead.inUse).toBe(0);
    // It does not make the upstream look faster.
    expect(await bulkhead.enter(false, scopeOf(0))).toEqual({ kind: 'overloaded', retryAfterMs: 50 });
  });

  test.each([
    ['answered', ANSWERED, 46],
    ['failed', failed(status(500)), 46],
    ['out of its own time', failed(timedOut('attempt', 10)), 46],
    ["out of its caller's time", failed(timedOut('deadline', 10)), 50],
    ['cancelled', failed({ kind: 'cancelled', sent: true }), 50],
  ])(
    'is expected sooner behind a call that was quick, but not one cut short: %s',
    async (_how, result, waitMs) => {
      const calls = new OpenCalls();
      const send = withLimit(calls.send, new Bulkhead(1));
      vi.advanceTimersByTime(1_000);
      const quick = send(READ, scopeOf());
      vi.advanceTimersByTime(10);
      calls.end(result);
      await quick;
      void send(READ, scopeOf());
      expect(await send(READ, scopeOf(60))).toEqual(failed({ kind: 'overloaded', retryAfterMs: waitMs }));
    },
  );

  test('that does not come in time is a failure, and the call is not sent', async () => {
    const calls = new OpenCalls();
    const send = withLimit(calls.send, new Bulkhead(1));
    void send(READ, scopeOf());
    expect(await send(READ, scopeOf(60))).toEqual(failed({ kind: 'overloaded', retryAfterMs: 50 }));
    expect(calls.sent).toHaveLength(1);
  });
});
