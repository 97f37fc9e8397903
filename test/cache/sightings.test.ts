import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MemoryBudget } from '../../src/cache/memory-budget.ts';
import type { ReadMemory } from '../../src/cache/read-memory.ts';
import { Sightings } from '../../src/cache/sightings.ts';
import { TimedCache } from '../../src/cache/timed-cache.ts';
import { scopeOf } from '../http/calls.ts';
import { openMemory } from './open-memory.ts';

const TTL_MS = 10_000;
const STALE_MS = 60_000;
const DOWN = { kind: 'unreachable', errorCode: 'ECONNREFUSED' } as const;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  vi.advanceTimersByTime(1_000_000);
});
afterEach(() => {
  vi.useRealTimers();
});

interface Thing {
  readonly id: string;
  readonly form: string;
}

/** Pages of things that are kept. */
function openPages(parts: Partial<ReadMemory> = {}) {
  const memory = openMemory({ ttlMs: TTL_MS, staleMs: STALE_MS, ...parts });
  const seen = new Sightings<Thing>(memory, ({ form }) => form !== 'part');
  const pages = new TimedCache(memory.epoch, STALE_MS, memory.budget, seen);
  const now = () => {
    const epoch = memory.epoch.current();
    if (epoch instanceof Promise) throw new Error('It is known here.');
    return epoch;
  };
  const keep = (page: string, form: string, ids: readonly string[], ageMs = 0) =>
    pages.set(page, now(), { rows: ids.map((id) => ({ id, form })) }, ageMs);
  const find = (id: string) => seen.of(id).find(now());
  const fresh = async (ids: readonly string[], scope = scopeOf()) =>
    [...(await seen.fresh(ids, scope))].map(([id, { form }]) => `${id} ${form}`);
  const insteadOf = async (ids: readonly string[], scope = scopeOf()) =>
    (await seen.insteadOf(DOWN, ids, scope))?.map(({ id, form }) => `${id} ${form}`) ?? null;
  return { memory, seen, pages, keep, find, fresh, insteadOf };
}

describe('an item is found', () => {
  test('in the page that was read last, with the time at which that read began', () => {
    const { keep, find } = openPages();
    keep('1', 'first', ['a', 'b'], 2_000);
    keep('2', 'second', ['b', 'c'], 1_000);
    keep('3', 'earlier', ['c'], 1_500);
    expect(['a', 'b', 'c', 'd'].map((id) => find(id)?.value.form)).toEqual([
      'first',
      'second',
      'second',
      undefined,
    ]);
    expect([find('b')?.value.id, find('c')?.value.id]).toEqual(['b', 'c']);
    expect(find('b')?.readAt).toBe(performance.now() - 1_000);
  });

  test('in the page that is kept longer where two were read at once', () => {
    const { keep, find, pages } = openPages();
    keep('1', 'first', ['a']);
    keep('2', 'second', ['a']);
    pages.delete('2');
    expect(find('a')?.value.form).toBe('first');
  });

  test('not in a page of another epoch, and in a newer one though it was read earlier', () => {
    const { keep, find, memory } = openPages();
    keep('1', 'old', ['a']);
    void memory.epoch.advance(true);
    expect(find('a')).toBeNull();
    keep('2', 'new', ['a'], 5_000);
    expect(find('a')?.value.form).toBe('new');
  });

  test('not where only a part of it could be read', () => {
    const { keep, find } = openPages();
    keep('1', 'part', ['a']);
    expect(find('a')).toBeNull();
  });

  test('not in a page that is kept no more, unless another took its place', () => {
    const { keep, find, pages } = openPages();
    keep('1', 'first', ['a', 'b']);
    vi.advanceTimersByTime(1);
    keep('2', 'second', ['b']);
    pages.delete('1');
    expect([find('a'), find('b')?.value.form]).toEqual([null, 'second']);
  });

  test('not in a page that is too large to be kept', () => {
    const { keep, find } = openPages({ budget: new MemoryBudget(1_000) });
    keep('1', 'form', ['a'.repeat(1_000)]);
    expect(find('a'.repeat(1_000))).toBeNull();
  });

  test('not once the upstream has refused it, or left it out of what it was asked for', () => {
    const { keep, find, seen } = openPages();
    keep('1', 'form', ['a', 'b', 'c']);
    seen.of('a').forget();
    seen.keepOnly([{ id: 'b', form: 'form' }], ['b', 'c', 'd']);
    expect(['a', 'b', 'c'].map((id) => find(id) !== null)).toEqual([false, true, false]);
    seen.keepOnly([{ id: 'x', form: 'form' }], ['b']);
    expect(find('b')).not.toBeNull();
  });
});

describe('of several items', () => {
  test('those are found that were seen lately enough, counted as one read', async () => {
    const { keep, fresh } = openPages();
    keep('1', 'form', ['a'], TTL_MS);
    keep('2', 'form', ['b'], TTL_MS - 1);
    const scope = scopeOf();
    expect([await fresh(['a', 'b', 'c'], scope), scope.tally.cached]).toEqual([['b form'], 1]);
    expect([await fresh(['a', 'c'], scope), scope.tally.cached]).toEqual([[], 1]);
  });

  test('none is looked for where reads are not kept, or nothing was seen', async () => {
    const stale = openPages({ ttlMs: 0 });
    stale.keep('1', 'form', ['a']);
    const asked = vi.spyOn(stale.memory.epoch, 'current');
    expect(await stale.fresh(['a'])).toEqual([]);
    const kept = openPages({ staleMs: 0 });
    kept.keep('1', 'form', ['a']);
    const askedToo = vi.spyOn(kept.memory.epoch, 'current');
    expect(await kept.insteadOf(['a'])).toBeNull();
    const empty = openPages();
    const askedLast = vi.spyOn(empty.memory.epoch, 'current');
    expect([await empty.fresh(['a']), await empty.insteadOf(['a'])]).toEqual([[], null]);
    for (const each of [asked, askedToo, askedLast]) expect(each).not.toHaveBeenCalled();
  });

  test('stale copies stand in for an outage where there is one of each, counted by their age', async () => {
    const { keep, insteadOf, seen } = openPages();
    keep('1', 'old', ['a'], TTL_MS + 2_000);
    keep('2', 'young', ['b'], 1_000);
    const scope = scopeOf();
    expect(await insteadOf(['a', 'b'], scope)).toEqual(['a old', 'b young']);
    expect(scope.tally).toMatchObject({ stale: 2, staleAgeMs: TTL_MS + 2_000 });
    expect(await insteadOf(['a', 'c'], scope)).toBeNull();
    expect(scope.tally.stale).toBe(2);
    expect(await seen.insteadOf({ kind: 'malformed', issue: '/id' }, ['a'], scope)).toBeNull();
  });
});
