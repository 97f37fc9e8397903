import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ReadMemory } from '../../src/cache/read-memory.ts';
import type { Failure } from '../../src/http/failure.ts';
import { fail, succeed } from '../../src/shared/result.ts';
import { scopeOf } from '../http/calls.ts';
import { status } from '../http/open-calls.ts';
import { openMemory, ToldEpoch } from './open-memory.ts';
import { DOWN, openReads, TTL_MS } from './open-reads.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  // A clock that began long ago.
  vi.advanceTimersByTime(1_000_000);
});
afterEach(() => {
  vi.useRealTimers();
});

const own = (parts: Partial<ReadMemory> = {}) => openReads(openMemory({ ttlMs: TTL_MS, ...parts }));

test('with nothing kept, each read that is not under way already is a call', async () => {
  const { read, upstream } = openReads(openMemory());
  expect(await Promise.all([read(), read()])).toEqual(['one', 'one']);
  upstream.outcome = succeed('two');
  expect([await read(), upstream.calls]).toEqual(['two', 2]);
});

describe('a read that is kept', () => {
  test.each([
    ['known', openMemory({ ttlMs: TTL_MS })],
    ['told', openMemory({ ttlMs: TTL_MS, epoch: new ToldEpoch(5_000) })],
  ])(
    'is answered without a call for its time, counted from its start, and counted as such: the epoch is %s',
    async (_how, memory) => {
      const { read, upstream } = openReads(memory);
      upstream.tookMs = 1_000;
      await read();
      upstream.outcome = succeed('two');
      vi.advanceTimersByTime(TTL_MS - 1_001);
      const scope = scopeOf();
      expect([await read(scope), scope.tally.cached, upstream.calls]).toEqual(['one', 1, 1]);
      expect([await read(scope, '/2'), scope.tally.cached]).toEqual(['two', 1]);
      vi.advanceTimersByTime(1);
      expect(await read()).toBe('two');
    },
  );

  test.each([
    ['kept', true, 1],
    ['not kept while the write may still arrive', false, 3],
  ])('is read again after a write, and %s then', async (_how, isSettled, calls) => {
    const { read, upstream, memory } = own();
    await read();
    void memory.epoch.advance(isSettled);
    upstream.outcome = succeed('two');
    const before = upstream.calls;
    expect([await read(), await read(), await read()]).toEqual(['two', 'two', 'two']);
    expect(upstream.calls - before).toBe(calls);
  });

  test('is not kept longer than it was worth when its read took that long', async () => {
    const { read, upstream } = own();
    upstream.tookMs = TTL_MS;
    await read();
    await read();
    expect(upstream.calls).toBe(2);
  });

  test('is forgotten when the upstream refuses what it was asked, and at no other failure', async () => {
    const { read, upstream } = own({ staleMs: 60_000 });
    await read();
    vi.advanceTimersByTime(TTL_MS);
    upstream.outcome = fail(DOWN);
    expect(await read()).toBe('one');
    upstream.outcome = fail(status(404));
    expect(await read()).toBe('status');
    upstream.outcome = fail(DOWN);
    expect(await read()).toBe('unreachable');
  });
});

describe('a stale copy', () => {
  test('stands in for an outage, up to its age, and is counted with its age', async () => {
    const { read, upstream } = own({ ttlMs: 0, staleMs: 60_000 });
    await read();
    upstream.outcome = fail(DOWN);
    vi.advanceTimersByTime(1_500);
    const scope = scopeOf();
    expect([await read(scope), scope.tally.stale, scope.tally.staleAgeMs]).toEqual(['one', 1, 1_500]);
    vi.advanceTimersByTime(58_500);
    const other = { ...scopeOf(), tally: { ...scopeOf().tally, stale: 1, staleAgeMs: 70_000 } };
    expect([await read(other), other.tally.stale, other.tally.staleAgeMs]).toEqual(['one', 2, 70_000]);
    vi.advanceTimersByTime(1);
    expect(await read()).toBe('unreachable');
    expect(upstream.calls).toBe(4);
  });

  test.each<[string, Failure, Partial<ReadMemory>]>([
    ['a failure that says something of what was asked', status(403), { staleMs: 60_000 }],
    ['an answer that cannot be understood', { kind: 'malformed', issue: '/id' }, { staleMs: 60_000 }],
    ['any failure where that is off', DOWN, { staleMs: 0 }],
  ])('does not stand in for %s', async (_what, failure, parts) => {
    const { read, upstream } = own({ ttlMs: 1_000, ...parts });
    await read();
    vi.advanceTimersByTime(1_000);
    upstream.outcome = fail(failure);
    expect(await read()).toBe(failure.kind);
  });

  test('is not what was read before a write', async () => {
    const { read, upstream, memory } = own({ staleMs: 60_000 });
    await read();
    void memory.epoch.advance(true);
    upstream.outcome = fail(DOWN);
    expect(await read()).toBe('unreachable');
  });
});

/** A copy of this age. */
function copyOf(value: string, ageMs: number) {
  const forget = vi.fn<() => void>();
  return { find: () => ({ value, readAt: performance.now() - ageMs }), forget };
}

describe('a copy that is elsewhere', () => {
  test.each([
    ['younger', 1_000, 'elsewhere'],
    ['older', 3_000, 'one'],
    ['as old', 2_000, 'one'],
  ])('is answered where it is %s than what is kept', async (_how, ageMs, value) => {
    const { read, upstream } = own();
    await read();
    vi.advanceTimersByTime(2_000);
    expect(await read(scopeOf(), '/1', copyOf('elsewhere', ageMs))).toBe(value);
    expect(upstream.calls).toBe(1);
  });

  test('is answered where nothing is kept, and not when it is too old', async () => {
    const { read } = own();
    expect(await read(scopeOf(), '/1', copyOf('elsewhere', TTL_MS - 1))).toBe('elsewhere');
    expect(await read(scopeOf(), '/1', copyOf('elsewhere', TTL_MS))).toBe('one');
  });

  test('stands in for an outage, and is forgotten when the upstream refuses the read', async () => {
    const { read, upstream } = own({ staleMs: 60_000 });
    const copy = copyOf('elsewhere', TTL_MS);
    upstream.outcome = fail(DOWN);
    expect([await read(scopeOf(), '/1', copy), copy.forget.mock.calls.length]).toEqual(['elsewhere', 0]);
    upstream.outcome = fail(status(410));
    expect([await read(scopeOf(), '/1', copy), copy.forget.mock.calls.length]).toEqual(['status', 1]);
  });
});
