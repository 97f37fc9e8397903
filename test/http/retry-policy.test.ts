import { expect, test } from 'vitest';
import type { Call } from '../../src/http/call.ts';
import type { Failure } from '../../src/http/failure.ts';
import { retryDelayMs } from '../../src/http/retry-policy.ts';
import { CREATE, READ, READ_BY_POST, UPDATE } from './calls.ts';
import { status, timedOut } from './open-calls.ts';

/** How often a call that goes on failing in this way is repeated. */
function retriesOf(call: Call, failure: Failure): number {
  let retries = 0;
  while (retryDelayMs(call, failure, retries, () => 0) !== null) retries += 1;
  return retries;
}

// What went wrong, the retries of a call that may be repeated, and of one that may not.
const TABLE: ReadonlyArray<readonly [string, number, number, Failure]> = [
  ['nothing was sent', 2, 2, { kind: 'unreachable', errorCode: 'ECONNREFUSED' }],
  ['time ran out before anything was sent', 2, 2, timedOut('attempt', 1, false)],
  ['reset after sending', 2, 0, { kind: 'connection-lost', errorCode: 'ECONNRESET' }],
  ['a broken body', 2, 0, { kind: 'unreadable', why: 'not-json' }],
  ['500', 1, 0, status(500)],
  ['500 with Retry-After', 1, 0, status(500, { retryAfterMs: 1_000 })],
  ['502', 2, 0, status(502)],
  ['502 with Retry-After', 2, 0, status(502, { retryAfterMs: 1_000 })],
  ['503', 2, 0, status(503)],
  ['503 with Retry-After', 2, 2, status(503, { retryAfterMs: 1_000 })],
  ['503 with Retry-After: 0', 2, 2, status(503, { retryAfterMs: 0 })],
  ['504', 2, 0, status(504)],
  ['504 with Retry-After', 2, 0, status(504, { retryAfterMs: 1_000 })],
  ['501', 0, 0, status(501)],
  ['599', 0, 0, status(599)],
  ['429', 0, 0, status(429)],
  ['429 with Retry-After', 2, 2, status(429, { retryAfterMs: 1_000 })],
  ['429 of a plan', 0, 0, status(429, { retryAfterMs: 1_000, planCeiling: true })],
  ['301', 0, 0, status(301)],
  ['400', 0, 0, status(400)],
  ['408', 0, 0, status(408)],
  ['409 with Retry-After', 0, 0, status(409, { retryAfterMs: 1_000 })],
  ['the deadline is over', 0, 0, timedOut('deadline', 1, false)],
  ['JSON that is not what was promised', 0, 0, { kind: 'malformed', issue: 'no id' }],
  ['the caller left', 0, 0, { kind: 'cancelled', sent: false }],
  ['everybody waits', 0, 0, { kind: 'paused', retryAfterMs: 1 }],
  ['the quota is used up', 0, 0, { kind: 'paced', retryAfterMs: 1 }],
  ['the circuit is open', 0, 0, { kind: 'circuit-open', retryAfterMs: 1 }],
  ['no slot comes free', 0, 0, { kind: 'overloaded', retryAfterMs: 1 }],
  ['the operation has made its calls', 0, 0, { kind: 'call-limit', limit: 1 }],
];

test.each(TABLE)('%s: repeated up to %i times, a create up to %i', (_name, repeatable, create, failure) => {
  expect([READ, READ_BY_POST, UPDATE].map((call) => retriesOf(call, failure))).toEqual([
    repeatable,
    repeatable,
    repeatable,
  ]);
  expect(retriesOf(CREATE, failure)).toBe(create);
});

test('a write that timed out after sending is not repeated before it is read back, a read is', () => {
  const failure = timedOut('attempt', 1);
  expect([READ, READ_BY_POST, UPDATE, CREATE].map((call) => retriesOf(call, failure))).toEqual([2, 2, 0, 0]);
});
