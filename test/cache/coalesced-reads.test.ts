import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CoalescedReads } from '../../src/cache/coalesced-reads.ts';
import { KeyBudget } from '../../src/cache/key-budget.ts';
import type { ReadOutcome } from '../../src/cache/read-outcome.ts';
import type { CallScope } from '../../src/http/call.ts';
import { ClientAbort } from '../../src/http/client-abort.ts';
import type { Failure } from '../../src/http/failure.ts';
import { fail, succeed } from '../../src/shared/result.ts';
import { scopeOf } from '../http/calls.ts';
import { status } from '../http/open-calls.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

type Outcome = ReadOutcome<string>;
const breaks = () => Promise.reject(new Error('broken'));

/** Reads that each end when the test says so. */
function openReads(keys = new KeyBudget(1_000)) {
  const reads = new CoalescedReads<string>(keys);
  const started: Array<{ scope: CallScope; end: (outcome: Outcome) => void }> = [];
  const start = (scope: CallScope): Promise<Outcome> =>
    new Promise((resolve) => {
      started.push({ scope, end: resolve });
    });
  const read = (scope: CallScope, epoch = 'now', key = 'key') => reads.read(key, epoch, scope, start);
  return { read, started, end: (turn: number, outcome: Outcome) => started[turn]?.end(outcome) };
}

const UNAVAILABLE = status(503);
const DEADLINE: Failure = { kind: 'timed-out', limit: 'deadline', sent: true, waitedMs: 400 };
const ATTEMPT: Failure = { kind: 'timed-out', limit: 'attempt', sent: true, waitedMs: 5_000 };

test('equal reads are one, and each follower is counted as one that made no call', async () => {
  const { read, started, end } = openReads();
  const scopes = [scopeOf(), scopeOf(), scopeOf()];
  const all = Promise.all(scopes.map((scope) => read(scope)));
  end(0, succeed('value'));
  expect(await all).toEqual([succeed('value'), succeed('value'), succeed('value')]);
  expect(started).toHaveLength(1);
  expect(scopes.map(({ tally }) => tally.shared)).toEqual([0, 1, 1]);
});

test('a read of another epoch is never shared, whichever began first', async () => {
  const { read, started, end } = openReads();
  const outcomes = Promise.all(['old', 'new', 'old', 'new'].map((epoch) => read(scopeOf(), epoch)));
  for (const turn of [0, 1, 2, 3]) end(turn, succeed(String(turn)));
  expect((await outcomes).map((outcome) => outcome.ok && outcome.value)).toEqual(['0', '1', '2', '3']);
  expect(started).toHaveLength(4);
});

test('what was overtaken by a read of a newer epoch leaves that to be shared, and its key is counted once', async () => {
  const keys = new KeyBudget(12);
  const { read, started, end } = openReads(keys);
  for (const epoch of ['1', '2', '3']) void read(scopeOf(), epoch, 'k'.repeat(6));
  end(0, succeed('old'));
  end(1, succeed('old'));
  await vi.advanceTimersByTimeAsync(0);
  void read(scopeOf(), '3', 'k'.repeat(6));
  expect(started).toHaveLength(3);
  for (const _turn of [1, 2]) void read(scopeOf(), '3', 'j'.repeat(6));
  expect(started).toHaveLength(4);
});

test('a follower with as much time as its leader needs no timer of its own', () => {
  const { read } = openReads();
  const scope = scopeOf();
  for (const each of [scope, scope, scopeOf(), scopeOf(20_000)]) void read(each);
  expect(vi.getTimerCount()).toBe(0);
  void read(scopeOf(9_999));
  expect(vi.getTimerCount()).toBe(1);
});

test('what has ended is not shared any more', async () => {
  const { read, started, end } = openReads();
  const first = read(scopeOf());
  end(0, succeed('first'));
  await first;
  void read(scopeOf());
  expect(started).toHaveLength(2);
});

describe('a failure that comes from the short deadline of the leader', () => {
  test.each<[what: string, outcome: Outcome]>([
    ['an attempt that its deadline cut off', fail(DEADLINE)],
    ['a retry for which there was no time', { ok: false, failure: UNAVAILABLE, missedRetryMs: 900 }],
    ['a place in the queue that came too late', fail({ kind: 'overloaded', retryAfterMs: 900 })],
    ['a pause that ends too late', fail({ kind: 'paused', retryAfterMs: 900 })],
    ['a slot of the quota that comes too late', fail({ kind: 'paced', retryAfterMs: 900 })],
    ['calls that it may not make', fail({ kind: 'call-limit', limit: 3 })],
  ])('is not that of a follower with more time: %s', async (_what, outcome) => {
    const { read, started, end } = openReads();
    const leading = read(scopeOf(500));
    const scope = scopeOf(5_000);
    const following = read(scope);
    end(0, outcome);
    expect(await leading).toEqual(outcome);
    await vi.waitFor(() => expect(started).toHaveLength(2));
    end(1, succeed('value'));
    expect(await following).toEqual(succeed('value'));
    expect(scope.tally.shared).toBe(0);
  });

  test.each<[what: string, outcome: Outcome]>([
    ['a retry for which there was no time', { ok: false, failure: UNAVAILABLE, missedRetryMs: 900 }],
    ['a pause that ends too late', fail({ kind: 'paused', retryAfterMs: 900 })],
    ['a place in the queue that came too late', fail({ kind: 'overloaded', retryAfterMs: 900 })],
    ['a slot of the quota that comes too late', fail({ kind: 'paced', retryAfterMs: 900 })],
  ])('is that of a follower who has no more time: %s', async (_what, outcome) => {
    const { read, started, end } = openReads();
    const waiting = [500, 500, 900].map((deadlineMs) => read(scopeOf(deadlineMs)));
    end(0, outcome);
    expect(await Promise.all(waiting)).toEqual([outcome, outcome, outcome]);
    expect(started).toHaveLength(1);
  });

  test.each([
    ['no more time than its leader', 5_000, 5_000, 1],
    ['a little more', 4_999, 5_000, 2],
  ])('of a queue is that of a follower with %s', async (_what, leaderMs, followerMs, reads) => {
    const { read, started, end } = openReads();
    void read(scopeOf(leaderMs));
    void read(scopeOf(followerMs));
    end(0, fail({ kind: 'overloaded', retryAfterMs: 900 }));
    await vi.advanceTimersByTimeAsync(0);
    expect(started).toHaveLength(reads);
  });

  test.each([
    ['has calls left', 2, 2],
    ['has none left', 3, 1],
  ])('to make calls is that of a follower who %s', async (_what, made, reads) => {
    const { read, started, end } = openReads();
    void read(scopeOf());
    void read({ ...scopeOf(), calls: { made, limit: 3 } });
    end(0, fail({ kind: 'call-limit', limit: 3 }));
    await vi.advanceTimersByTimeAsync(0);
    expect(started).toHaveLength(reads);
  });

  test('makes one of the followers the leader of the others', async () => {
    const { read, started, end } = openReads();
    const all = [500, 5_000, 5_000, 5_000].map((deadlineMs) => read(scopeOf(deadlineMs)));
    end(0, fail(DEADLINE));
    await vi.waitFor(() => expect(started).toHaveLength(2));
    end(1, succeed('value'));
    expect((await Promise.all(all)).map(({ ok }) => ok)).toEqual([false, true, true, true]);
    expect(started).toHaveLength(2);
  });
});

test.each<Failure>([
  UNAVAILABLE,
  ATTEMPT,
  { kind: 'circuit-open', retryAfterMs: 1 },
  { kind: 'unreachable', errorCode: 'ECONNREFUSED' },
  { kind: 'connection-lost', errorCode: 'ECONNRESET' },
  { kind: 'unreadable', why: 'not-json' },
  { kind: 'malformed', issue: '/id' },
])('what the upstream said or did is the outcome of all: $kind', async (failure) => {
  const { read, started, end } = openReads();
  const all = [500, 5_000, 5_000].map((deadlineMs) => read(scopeOf(deadlineMs)));
  end(0, fail(failure));
  expect(await Promise.all(all)).toEqual([fail(failure), fail(failure), fail(failure)]);
  expect(started).toHaveLength(1);
});

test('a follower is told by its own deadline, and neither sooner nor by a read of its own', async () => {
  const { read, started } = openReads();
  void read(scopeOf(5_000));
  const told = vi.fn<(outcome: Outcome) => void>();
  void read(scopeOf(499.5)).then(told);
  await vi.advanceTimersByTimeAsync(499);
  expect(told).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(told).toHaveBeenCalledWith(fail({ ...DEADLINE, waitedMs: 0 }));
  expect(started).toHaveLength(1);
});

describe('when callers go away', () => {
  test('the read goes on for the others, though it was begun for who has gone', async () => {
    const { read, started, end } = openReads();
    const leader = new ClientAbort();
    void read(scopeOf(5_000, leader));
    const following = read(scopeOf(5_000));
    leader.abort();
    expect(started[0]?.scope.signal.aborted).toBe(false);
    end(0, succeed('value'));
    expect(await following).toEqual(succeed('value'));
  });

  test('the last of them ends it, and who comes then begins another', async () => {
    const { read, started } = openReads();
    const [leader, follower] = [new ClientAbort(), new ClientAbort()];
    void read(scopeOf(5_000, leader));
    const following = read(scopeOf(5_000, follower));
    leader.abort();
    follower.abort();
    expect(await following).toEqual(fail({ kind: 'cancelled', sent: true }));
    expect(started[0]?.scope.signal.aborted).toBe(true);
    void read(scopeOf());
    expect(started).toHaveLength(2);
  });

  test('who follows a read that was begun for somebody already gone reads anew', async () => {
    const { read, started, end } = openReads();
    const gone = new ClientAbort();
    gone.abort();
    void read(scopeOf(5_000, gone));
    expect(started[0]?.scope.signal.aborted).toBe(true);
    const following = read(scopeOf(5_000));
    end(0, fail({ kind: 'cancelled', sent: false }));
    await vi.waitFor(() => expect(started).toHaveLength(2));
    end(1, succeed('value'));
    expect(await following).toEqual(succeed('value'));
  });
});

test('a read that throws fails for each who waits, and leaves nothing behind', async () => {
  const reads = new CoalescedReads<string>(new KeyBudget(1_000));
  const all = [1, 2, 3].map(() => reads.read('key', 'now', scopeOf(), breaks));
  for (const outcome of await Promise.allSettled(all)) expect(outcome).toMatchObject({ status: 'rejected' });
  expect(vi.getTimerCount()).toBe(0);
});

test('reads whose keys are too long for the room that all have together are each a call of their own', async () => {
  const keys = new KeyBudget(10);
  const [one, other] = [openReads(keys), openReads(keys)];
  const long = 'k'.repeat(6);
  void one.read(scopeOf(), 'now', long);
  const apart = [1, 2].map(() => other.read(scopeOf(), 'now', long));
  expect(other.started).toHaveLength(2);
  for (const turn of [0, 1]) other.end(turn, succeed('value'));
  await Promise.all(apart);
  one.end(0, succeed('value'));
  await vi.advanceTimersByTimeAsync(0);
  const together = [1, 2].map(() => other.read(scopeOf(), 'now', long));
  expect(other.started).toHaveLength(3);
  other.end(2, succeed('value'));
  await Promise.all(together);
});
