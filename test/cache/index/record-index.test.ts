import { describe, expect, test, vi } from 'vitest';
import { MemoryBudget } from '../../../src/cache/memory-budget.ts';
import { ClientAbort } from '../../../src/http/client-abort.ts';
import { fail, succeed } from '../../../src/shared/result.ts';
import { scopeOf } from '../../http/calls.ts';
import { DOWN, fakeClocks, openIndex, openWalked, pass, ROWS, TTL_MS, walkTo } from './open-index.ts';
import { row } from './records.ts';

const TOO_LARGE = { kind: 'too-large', limit: 3, unit: 'records' } as const;

fakeClocks();

describe('an index', () => {
  test('is walked once for all who wait, and kept for its time, counted from the start of the walk', async () => {
    const { find, walk, walks } = openIndex();
    const scopes = [scopeOf(), scopeOf(), scopeOf()];
    const all = scopes.map((scope) => find(scope));
    await pass(1_000);
    (await walk(0)).end(succeed(ROWS));
    expect(await Promise.all(all)).toEqual([0, 1, 2].map(() => ['a', 'b', 'c']));
    expect(scopes.map(({ tally }) => [tally.shared, tally.cached])).toEqual([
      [0, 0],
      [1, 0],
      [1, 0],
    ]);
    await pass(TTL_MS - 1_001);
    const late = scopeOf();
    expect(await find(late)).toEqual(['a', 'b', 'c']);
    expect([late.tally.cached, walks[1]?.scope.priority]).toEqual([1, 'background']);
    (await walk(1)).end(fail(DOWN));
    await pass(1);
    void find();
    await pass(0);
    expect(walks).toHaveLength(3);
  });

  test('is walked in a scope of the gateway: no deadline, allowance or leaving of a caller ends it', async () => {
    const { find, walks } = openIndex();
    const leaving = new ClientAbort();
    const starter = { ...scopeOf(500, leaving), calls: { made: 5, limit: 5 } };
    const found = find(starter);
    await pass(0);
    const [walk] = walks;
    expect(walk?.scope).toMatchObject({ requestId: 'request-1', priority: 'read', calls: { made: 0 } });
    expect(walk?.scope.observer).toBe(starter.observer);
    expect(walk?.scope.tally).not.toBe(starter.tally);
    expect(walk?.scope.calls.limit).toBe(Number.POSITIVE_INFINITY);
    leaving.abort();
    expect([await found, walk?.scope.signal.aborted]).toEqual(['cancelled', false]);
    expect([await find(scopeOf(500, leaving)), vi.getTimerCount()]).toEqual(['cancelled', 0]);
    const hasty = find(scopeOf(300));
    await pass(300);
    expect(await hasty).toBe('timed-out');
    expect(walk?.scope.deadline.remainingMs).toBe(120_000 - 300);
    walk?.end(succeed(ROWS));
    await pass(0);
    expect(await find()).toEqual(['a', 'b', 'c']);
    expect(walks).toHaveLength(1);
  });

  test('whose walk fails or breaks is walked again for the next who asks', async () => {
    const { find, walk } = openIndex();
    const failing = find();
    (await walk(0)).end(fail(DOWN));
    expect(await failing).toBe('unreachable');
    const breaking = find().catch(String);
    (await walk(1)).break(new Error('broken'));
    expect(await breaking).toContain('broken');
    const found = find();
    (await walk(2)).end(succeed(ROWS));
    expect(await found).toEqual(['a', 'b', 'c']);
  });

  test('of a list that is too large is remembered as that, and not walked again in the background', async () => {
    const { find, walk, walks } = openIndex();
    const found = find();
    (await walk(0)).end(fail(TOO_LARGE));
    expect(await found).toBe('too-large');
    await pass(TTL_MS - 1);
    expect(await find()).toBe('too-large');
    expect(walks).toHaveLength(1);
    await pass(1);
    void find();
    await pass(0);
    expect(walks).toHaveLength(2);
  });

  test('that takes more memory than all may have is too large', async () => {
    const opened = openIndex({ budget: new MemoryBudget(600) });
    const reading = opened.index.read(scopeOf());
    (await opened.walk(0)).end(succeed(ROWS));
    expect(await reading).toEqual(fail({ kind: 'too-large', limit: 600, unit: 'bytes' }));
    expect(opened.index.bytes).toBe(0);
  });

  test('gives way when indexes together take too much, the largest first', async () => {
    const budget = new MemoryBudget(2_000);
    const large = await openWalked({ budget });
    const small = openIndex({ budget });
    expect([large.index.bytes > 500, small.index.bytes]).toEqual([true, 0]);
    await walkTo(small, [row('x'), row('y')]);
    await small.note({ kind: 'added', item: row('z', 'z'.repeat(50)) });
    expect(await small.find()).toHaveLength(3);
    const { bytes } = small.index;
    await large.note({ kind: 'added', item: row('d', 'd'.repeat(200)) });
    expect([large.index.bytes, small.index.bytes]).toEqual([0, bytes]);
  });

  test('gives way to one that was walked since, too', async () => {
    const budget = new MemoryBudget(2_000);
    const large = await openWalked({ budget });
    await large.note({ kind: 'added', item: row('d', 'd'.repeat(100)) });
    const small = openIndex({ budget });
    await walkTo(small, [row('x'), row('y', 'y'.repeat(60)), row('z')]);
    expect([large.index.bytes, small.index.bytes > 0]).toEqual([0, true]);
  });

  test('has time for as long as the quota may hold its walk up, twice over', async () => {
    const asked: Array<[records: number | null, calls: number]> = [];
    const quotaMs = (records: number | null, calls: number): number => {
      asked.push([records, calls]);
      return 5_000;
    };
    const { find, walk, walks } = openIndex({ quotaMs });
    const found = find();
    const { scope } = await walk(0);
    expect(scope.deadline.remainingMs).toBe(120_000 + 2 * 5_000);
    scope.calls.made = 3;
    scope.paced?.(1_000);
    walks[0]?.end(succeed(ROWS));
    await found;
    await pass(TTL_MS);
    await pass(TTL_MS);
    void find();
    const again = await walk(1);
    again.scope.calls.made = 1;
    again.scope.paced?.(1_000);
    // The budget of each walk, and what is expected of it once it has to wait.
    expect(asked).toEqual([
      [null, 0],
      [null, 2],
      [null, 0],
      [3, 0],
    ]);
  });

  test('that is closed ends its walk and leaves no timer', async () => {
    const opened = await openWalked();
    await opened.find();
    expect(vi.getTimerCount()).toBe(1);
    opened.index.close();
    expect(vi.getTimerCount()).toBe(0);
    const other = openIndex();
    void other.find();
    const walk = await other.walk(0);
    other.index.close();
    expect(walk.scope.signal.aborted).toBe(true);
  });
});
