import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Call } from '../../src/http/call.ts';
import type { PacedCall, Pacing } from '../../src/http/pacing/pacing.ts';
import { withPacing } from '../../src/http/with-pacing.ts';
import { CREATE, READ, READ_BY_POST, scopeOf } from './calls.ts';
import { OpenCalls } from './open-calls.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

/** What is asked for a call of this caller. */
async function askedFor(call: Call, caller: string, deadlineMs: number): Promise<PacedCall> {
  const asked: PacedCall[] = [];
  const pacing: Pacing = {
    enter: (pacedCall) => {
      asked.push(pacedCall);
      return { kind: 'refused', retryAfterMs: 1 };
    },
    cancel: () => {},
    throttled: () => {},
    callsLeft: () => ({ read: 0, write: 0 }),
    close: () => {},
  };
  const send = withPacing(new OpenCalls().send, pacing, { waited: 0, refused: 0 });
  await send(call, { ...scopeOf(deadlineMs), caller });
  const [first] = asked;
  if (!first) throw new Error('nothing was asked');
  return first;
}

test('a call has its key again when it is made again, and another one where anything in it differs', async () => {
  const { key } = await askedFor(READ_BY_POST, 'one', 10_000);
  expect((await askedFor({ ...READ_BY_POST }, 'two', 5_000)).key).toBe(key);
  const others: readonly Call[] = [
    { ...READ_BY_POST, method: 'PUT' },
    { ...READ_BY_POST, path: '/others/get-bulk' },
    { ...READ_BY_POST, body: '{"ids":["2"]}' },
    READ,
    CREATE,
  ];
  const keys = await Promise.all(others.map(async (call) => (await askedFor(call, 'one', 10_000)).key));
  expect(new Set([key, ...keys]).size).toBe(1 + others.length);
});

test('neither a name of a caller nor a path leaves the process', async () => {
  const { caller, key } = await askedFor(READ, 'token-1', 10_000);
  expect(`${caller} ${key}`).not.toMatch(/token-1|things/);
  expect((await askedFor(CREATE, 'token-1', 10_000)).caller).toBe(caller);
  expect((await askedFor(READ, 'token-2', 10_000)).caller).not.toBe(caller);
});

test.each([
  [1_000, 900, 1_000],
  [120_000, 108_000, 120_000],
  [900_000, 810_000, 120_000],
])('a call with %i ms left waits for up to %i, and is over after %i', async (deadlineMs, ...bounds) => {
  const { patienceMs, maxDurationMs } = await askedFor(READ, 'one', deadlineMs);
  expect([patienceMs, maxDurationMs]).toEqual(bounds);
});
