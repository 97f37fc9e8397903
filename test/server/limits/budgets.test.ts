import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CallerLimiter } from '../../../src/server/limits/caller-limiter.ts';
import { LoginLimiter } from '../../../src/server/limits/login-limiter.ts';
import type { SharedCounts } from '../../../src/server/limits/shared-windows.ts';

const MINUTE_MS = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('a charge that is set right', () => {
  test.each([
    ['for calls that were not made', -2, 4],
    ['for calls that were made beyond it', 2, 8],
    ['for calls beyond the whole budget', 20, 26],
  ])('is counted once, %s: %i', async (_why, difference, used) => {
    const limiter = new CallerLimiter(30, null);
    const charge = await limiter.charge('ada', 6);
    charge.settle(difference);
    expect((await limiter.charge('ada', 0)).remaining).toBe(30 - used);
  });

  test('by nothing begins no minute', async () => {
    const limiter = new CallerLimiter(10, null);
    const charge = await limiter.charge('ada', 6);
    vi.advanceTimersByTime(MINUTE_MS);
    charge.settle(0);
    vi.advanceTimersByTime(MINUTE_MS / 2);
    expect(await limiter.charge('ada', 1)).toMatchObject({ remaining: 9, resetMs: MINUTE_MS });
  });
});

test('a budget is whole again after a minute, whatever part of a millisecond it is when it is used first', async () => {
  // This and a minute is rounded up to something longer.
  vi.spyOn(performance, 'now').mockReturnValue(5_536.000001);
  expect(await new CallerLimiter(10, null).charge('ada', 1)).toMatchObject({ resetMs: MINUTE_MS });
});

/** Redis as replicas count over it. */
function openCounts(replies: readonly unknown[]) {
  const run = vi.fn<SharedCounts['redis']['run']>(async () => replies);
  const suspend = vi.fn<() => void>();
  const state = { isAway: false };
  const counts = { redis: { run }, scope: 'account', isAway: () => state.isAway, suspend };
  return { limiter: new CallerLimiter(10, counts), run, suspend, state };
}

describe('a budget that replicas share', () => {
  test('is counted by Redis, under the name of the caller', async () => {
    const { limiter, run, suspend } = openCounts([1, 7, 40_000, 'minute']);
    expect(await limiter.charge('ada', 6)).toMatchObject({ isWithin: true, remaining: 3, resetMs: 40_000 });
    const [script, keys, ...args] = run.mock.calls[0] ?? [];
    expect(script).toContain('HINCRBY');
    expect([keys, args.slice(0, 3)]).toEqual([['scg:calls:3:account:ada'], [6, 10, MINUTE_MS]]);
    expect(suspend).not.toHaveBeenCalled();
  });

  test('is never told to be below nothing', async () => {
    const { limiter } = openCounts([0, 12, 40_000, '']);
    expect(await limiter.charge('ada', 1)).toMatchObject({ isWithin: false, remaining: 0 });
  });

  test.each([
    ['gives back to the minute that was charged', -2, [2, 'minute']],
    ['takes what is beyond it, whatever is left', 2, [2, Number.MAX_SAFE_INTEGER]],
  ])('%s', async (_what, difference, args) => {
    const { limiter, run, suspend } = openCounts([1, 7, 40_000, 'minute']);
    (await limiter.charge('ada', 6)).settle(difference);
    await vi.waitFor(() => expect(run).toHaveBeenCalledTimes(2));
    expect(run.mock.calls[1]?.slice(1, 4)).toEqual([['scg:calls:3:account:ada'], ...args]);
    await Promise.resolve();
    expect(suspend).not.toHaveBeenCalled();
  });

  test('is not touched where nothing is to be set right', async () => {
    const { limiter, run } = openCounts([1, 7, 40_000, 'minute']);
    (await limiter.charge('ada', 6)).settle(0);
    expect(run).toHaveBeenCalledTimes(1);
  });

  test('is this process’s own while Redis is away, which is not asked then', async () => {
    const { limiter, run, state } = openCounts([0, 10, 40_000, '']);
    state.isAway = true;
    expect(await limiter.charge('ada', 6)).toMatchObject({ isWithin: true, remaining: 4 });
    expect(run).not.toHaveBeenCalled();
  });

  test('is this process’s own when Redis does not answer, which is not asked for a while then', async () => {
    const { limiter, run, suspend } = openCounts([]);
    run.mockRejectedValueOnce(new Error('LATE'));
    expect(await limiter.charge('ada', 6)).toMatchObject({ isWithin: true, remaining: 4 });
    expect(suspend).toHaveBeenCalledTimes(1);
  });
});

const UNKNOWN = { status: 401, code: 'UNAUTHENTICATED', message: 'Who is it?' } as const;
const from = (remoteAddress: string) => ({ socket: { remoteAddress } });

describe('logins that fail', () => {
  test('are refused after 60 in a minute, each address for itself', () => {
    const limiter = new LoginLimiter();
    for (let turn = 0; turn < 60; turn += 1) expect(limiter.count(from('1.1.1.1'), UNKNOWN)).toBe(UNKNOWN);
    vi.advanceTimersByTime(1_000);
    expect(limiter.count(from('1.1.1.1'), UNKNOWN)).toMatchObject({
      status: 429,
      code: 'RATE_LIMITED',
      message: expect.stringContaining('Too many failed logins'),
      retryAfterMs: MINUTE_MS - 1_000,
    });
    expect(limiter.count(from('2.2.2.2'), UNKNOWN)).toBe(UNKNOWN);
    vi.advanceTimersByTime(MINUTE_MS - 1_000);
    expect(limiter.count(from('1.1.1.1'), UNKNOWN)).toBe(UNKNOWN);
  });

  test('do not count when it was not the login that failed', () => {
    const limiter = new LoginLimiter();
    const broken = { ...UNKNOWN, status: 503 } as const;
    for (let turn = 0; turn < 61; turn += 1) expect(limiter.count(from('1.1.1.1'), broken)).toBe(broken);
    expect(limiter.count(from('1.1.1.1'), UNKNOWN)).toBe(UNKNOWN);
  });
});
