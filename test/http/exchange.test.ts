import type { Dispatcher } from 'undici';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Call } from '../../src/http/call.ts';
import { ClientAbort } from '../../src/http/client-abort.ts';
import { Exchange } from '../../src/http/exchange.ts';
import { Expiries } from '../../src/http/expiries.ts';
import { CREATE, READ, READ_BY_POST, scopeOf, UPDATE } from './calls.ts';

const CONTROLLER: Dispatcher.DispatchController = {
  aborted: false,
  paused: false,
  reason: null,
  abort: () => {},
  pause: () => {},
  resume: () => {},
};
const MAX_BODY_BYTES = 8;
const coded = (code: string) => Object.assign(new Error('secret'), { code });
const RESET = coded('ECONNRESET');

beforeEach(() => vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

/** Begins an exchange of at most 5 s. */
function begin(call: Call = READ, deadlineMs = 10_000, abort = new ClientAbort()): Exchange {
  return new Exchange(
    call,
    scopeOf(deadlineMs, abort),
    { timeoutMs: 5_000, maxBodyBytes: MAX_BODY_BYTES },
    new Expiries(),
  );
}

/** Lets the answer come in these pieces. */
function answer(exchange: Exchange, pieces: readonly string[], headers: Record<string, string> = {}): void {
  exchange.onRequestStart();
  exchange.onResponseStart(CONTROLLER, 201, headers);
  for (const piece of pieces) exchange.onResponseData(CONTROLLER, Buffer.from(piece));
}

describe('time', () => {
  test.each([
    ['of the attempt', 5_001, 5_000, 'attempt'],
    ['of the caller, when both end at once', 5_000, 5_000, 'deadline'],
    ['of the caller', 100, 100, 'deadline'],
  ] as const)(
    '%s is over: it timed out, not a moment sooner',
    async (_whose, deadlineMs, waitedMs, limit) => {
      for (const sent of [true, false]) {
        const exchange = begin(READ, deadlineMs);
        if (sent) exchange.onRequestStart();
        const ended = vi.fn<(result: unknown) => void>();
        void exchange.result.then(ended);
        await vi.advanceTimersByTimeAsync(waitedMs - 1);
        expect(ended).not.toHaveBeenCalled();
        await vi.advanceTimersByTimeAsync(1);
        expect(ended).toHaveBeenCalledExactlyOnceWith({
          ok: false,
          failure: { kind: 'timed-out', limit, sent, waitedMs },
        });
      }
    },
  );

  test('of each of several is over by itself, with one timer for all of them', async () => {
    const expiries = new Expiries();
    const limits = { timeoutMs: 5_000, maxBodyBytes: MAX_BODY_BYTES };
    const waits = [300, 100, 200].map((deadlineMs) => {
      const ended = vi.fn<(result: unknown) => void>();
      void new Exchange(READ, scopeOf(deadlineMs), limits, expiries).result.then(ended);
      return ended;
    });
    const over = (): boolean[] => waits.map((ended) => ended.mock.calls.length === 1);
    expect(vi.getTimerCount()).toBe(1);
    for (const expected of [
      [false, true, false],
      [false, true, true],
      [true, true, true],
    ]) {
      await vi.advanceTimersByTimeAsync(99);
      expect(over()).not.toEqual(expected);
      await vi.advanceTimersByTimeAsync(1);
      expect(over()).toEqual(expected);
    }
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is not kept once it has ended', async () => {
    const exchange = begin();
    answer(exchange, ['{}']);
    exchange.onResponseEnd();
    expect(vi.getTimerCount()).toBe(0);
    expect(await exchange.result).toEqual({
      ok: true,
      value: { status: 201, headers: {}, body: Buffer.from('{}') },
    });
  });
});

describe('a caller that leaves', () => {
  test.each([READ, READ_BY_POST])('ends a read that was sent: $method', async (call) => {
    const abort = new ClientAbort();
    const exchange = begin(call, 10_000, abort);
    exchange.onRequestStart();
    abort.abort();
    expect(await exchange.result).toEqual({ ok: false, failure: { kind: 'cancelled', sent: true } });
  });

  test.each([READ, UPDATE, CREATE])('ends what was not sent: $method $effect', async (call) => {
    const abort = new ClientAbort();
    const exchange = begin(call, 10_000, abort);
    abort.abort();
    expect(await exchange.result).toEqual({ ok: false, failure: { kind: 'cancelled', sent: false } });
  });

  test.each([UPDATE, CREATE])('does not end a write that was sent: $method', async (call) => {
    const abort = new ClientAbort();
    const exchange = begin(call, 10_000, abort);
    answer(exchange, ['{', '}']);
    abort.abort();
    exchange.onResponseEnd();
    expect(await exchange.result).toMatchObject({ ok: true, value: { body: Buffer.from('{}') } });
  });
});

describe('the body', () => {
  test.each([
    ['as large as may be', ['1234', '5678'], {}, Buffer.from('12345678')],
    ['that is larger', ['1234', '5678', '9'], {}, 'too-large'],
    ['in a coding', ['1'], { 'content-encoding': 'gzip' }, 'encoded'],
    ['in a coding among others', ['1'], { 'content-encoding': 'identity, GZIP' }, 'encoded'],
    ['in a charset', ['1'], { 'content-encoding': 'utf-8' }, Buffer.from('1')],
    ['in a coding, with nothing in it', [], { 'content-encoding': 'gzip' }, Buffer.alloc(0)],
  ])('%s', async (_what, pieces, headers, body) => {
    const exchange = begin();
    answer(exchange, pieces, headers);
    exchange.onResponseEnd();
    expect(await exchange.result).toMatchObject({ ok: true, value: { body } });
  });
});

test.each([
  ['before it was sent', false, RESET, { kind: 'unreachable', errorCode: 'ECONNRESET' }],
  ['after it was sent', true, RESET, { kind: 'connection-lost', errorCode: 'ECONNRESET' }],
  ['without a code', true, new Error('secret'), { kind: 'connection-lost', errorCode: 'UNNAMED' }],
  ['with a number', true, new DOMException('secret'), { kind: 'connection-lost', errorCode: 'UNNAMED' }],
  [
    'with words before a code',
    true,
    coded('/secret EPIPE'),
    { kind: 'connection-lost', errorCode: 'UNNAMED' },
  ],
  [
    'with words behind a code',
    true,
    coded('EPIPE /secret'),
    { kind: 'connection-lost', errorCode: 'UNNAMED' },
  ],
])('a connection that breaks %s', async (_when, isSent, error, failure) => {
  const exchange = begin();
  if (isSent) exchange.onRequestStart();
  exchange.onResponseError(CONTROLLER, error);
  expect(await exchange.result).toEqual({ ok: false, failure });
});

test('what comes after its end changes nothing', async () => {
  const abort = new ClientAbort();
  const exchange = begin(READ, 10_000, abort);
  answer(exchange, ['{}']);
  exchange.onResponseEnd();
  exchange.onResponseError(CONTROLLER, RESET);
  exchange.onResponseData(CONTROLLER, Buffer.alloc(100));
  abort.abort();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await exchange.result).toMatchObject({ ok: true, value: { body: Buffer.from('{}') } });
});
