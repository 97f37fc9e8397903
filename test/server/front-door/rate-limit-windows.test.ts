import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SharedWindows } from '../../../src/server/limits/shared-windows.ts';
import { eventually } from '../../support/eventually.ts';
import {
  codesOf,
  everyCollection,
  type FrontDoor,
  globalId,
  openFrontDoor,
} from '../../support/front-door.ts';
import type { GraphQLAnswer } from '../../support/gateway.ts';
import type { Reply } from '../../support/scripted-upstream.ts';
import { ASKS_FOR_KEYS, bearing } from './keys.ts';

const HOUR_MS = 3_600_000;
const PATIENT = { DEADLINE_MS: '600000', UPSTREAM_TIMEOUT_MS: '600000' };
let serial = 0;

/** A query that makes so many calls, and shares none of them. */
const reads = (calls: number): string => {
  const ids = Array.from({ length: calls }, () => globalId(`c${(serial += 1)}`));
  return `{ nodes(ids: ${JSON.stringify(ids)}) { id } }`;
};

const budgetOf = ({ status, headers }: GraphQLAnswer) => {
  const [, left, resetS] = /r=(\d+);t=(\d+)/.exec(headers.get('ratelimit') ?? '') ?? [];
  return { status, left: Number(left), resetS: Number(resetS) };
};

const openBudget = (perMinute: number, env: Record<string, string> = {}): Promise<FrontDoor> =>
  openFrontDoor(everyCollection, { RATE_LIMIT_PER_MINUTE: String(perMinute), ...PATIENT, ...env });

// Only what tells the time: sockets and their timeouts stay real.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe.each(['true', 'false'])('the budget of a caller, with FAST_PATH=%s', (FAST_PATH) => {
  it('is not used up by operations that are refused', async () => {
    const { query, wire } = await openBudget(4, { FAST_PATH });
    expect(budgetOf(await query(reads(3)))).toMatchObject({ status: 200, left: 1 });
    for (let turn = 0; turn < 3; turn += 1)
      expect(budgetOf(await query(reads(2)))).toMatchObject({ status: 429, left: 1 });
    expect(budgetOf(await query(reads(1)))).toMatchObject({ status: 200, left: 0 });
    expect(wire()).toHaveLength(4);
  });

  it('lets in as many of 20 at once as fit, and then whatever is small enough', async () => {
    const { query, wire } = await openBudget(10, { FAST_PATH });
    const answers = await Promise.all(Array.from({ length: 20 }, () => query(reads(3))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(budgetOf(await query(reads(1)))).toMatchObject({ status: 200, left: 0 });
    expect(wire()).toHaveLength(10);
  });

  it('tells nobody to wait for a minute in which the operation would not fit either', async () => {
    const { query, wire } = await openBudget(2, { FAST_PATH });
    const answer = await query(reads(3));
    expect([answer.status, codesOf(answer), answer.headers.get('retry-after')]).toEqual([
      429,
      ['RATE_LIMITED'],
      null,
    ]);
    expect(answer.body.errors?.[0]?.extensions).not.toHaveProperty('retryAfterMs');
    expect(answer.body.errors?.[0]?.message).toContain('a caller has 2 in a minute');
    expect(budgetOf(await query(reads(2)))).toMatchObject({ status: 200, left: 0 });
    expect(wire()).toHaveLength(2);
  });

  it('is whole again a minute after its first use, and not before', async () => {
    const { query } = await openBudget(2, { FAST_PATH });
    await query(reads(1));
    vi.advanceTimersByTime(59_000);
    expect(budgetOf(await query(reads(1)))).toEqual({ status: 200, left: 0, resetS: 1 });
    const refused = await query(reads(1));
    expect(refused.body.errors?.[0]?.extensions).toMatchObject({ retryable: true, retryAfterMs: 1_000 });
    vi.advanceTimersByTime(1_000);
    expect(budgetOf(await query(reads(1)))).toEqual({ status: 200, left: 1, resetS: 60 });
  });

  it.each([HOUR_MS, -HOUR_MS])('does not heed a wall clock that jumps by %i ms', async (jumpMs) => {
    const { query } = await openBudget(2, { FAST_PATH });
    await query(reads(1));
    vi.setSystemTime(Date.now() + jumpMs);
    expect(budgetOf(await query(reads(1)))).toEqual({ status: 200, left: 0, resetS: 60 });
    expect(budgetOf(await query(reads(1)))).toEqual({ status: 429, left: 0, resetS: 60 });
  });

  it.each([
    ['in the same minute', 0, 5, 5],
    ['but not when that minute is over', 61_000, 7, 6],
  ])('gets back what it did not call for, %s', async (_when, passedMs, leftBefore, left) => {
    const { query, upstream } = await openBudget(8, { FAST_PATH });
    const held: (() => void)[] = [];
    upstream.answer = (request) =>
      new Promise<Reply>((resolve) => held.push(() => resolve(everyCollection(request))));
    const same = reads(1);
    const first = query(same);
    await eventually('the first read is sent', () => held.length === 1);
    const joined = query(same);
    await delay(100);
    vi.advanceTimersByTime(passedMs);
    upstream.answer = everyCollection;
    expect(budgetOf(await query(reads(1)))).toMatchObject({ left: leftBefore });
    held[0]?.();
    expect([(await first).status, (await joined).status]).toEqual([200, 200]);
    expect(budgetOf(await query(reads(1)))).toMatchObject({ status: 200, left });
  });
});

describe('failed logins of an address', () => {
  it.each([HOUR_MS, -HOUR_MS])(
    'wait for a minute at most when the wall clock jumps by %i ms',
    async (jumpMs) => {
      const { query } = await openFrontDoor(everyCollection, ASKS_FOR_KEYS);
      const attempt = () => query(reads(1), {}, bearing('guess'));
      await Promise.all(Array.from({ length: 60 }, attempt));
      vi.setSystemTime(Date.now() + jumpMs);
      const refused = await attempt();
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
      expect(refused.body.errors?.[0]?.extensions).toMatchObject({
        code: 'RATE_LIMITED',
        retryable: true,
        retryAfterMs: 60_000,
      });
      vi.advanceTimersByTime(60_000);
      expect((await attempt()).status).toBe(401);
    },
  );
});

describe('a Redis that speaks nonsense', () => {
  it.each([[[]], [[1, 2]], [[1, '2', 3, 'x']], [[2, 1, 1, 'x']], [[1, 1.5, 1, 'x']], [[1, 1, 1, 7]]])(
    'is not believed, and not asked for a while: %j',
    async (reply) => {
      const suspend = vi.fn<() => void>();
      const counts = { redis: { run: async () => reply }, scope: 's', isAway: () => false, suspend };
      expect(await new SharedWindows(5, counts).take('ada', 1)).toBeNull();
      expect(suspend).toHaveBeenCalledTimes(1);
    },
  );
});
