import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TimedCache } from '../../src/cache/timed-cache.ts';
import { openMemory } from './open-memory.ts';

const TTL_MS = 10_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  vi.advanceTimersByTime(1_000_000);
});
afterEach(() => {
  vi.useRealTimers();
});

test('a value is there for its time, counted from the start of its read, and no longer', async () => {
  const { epoch, budget } = openMemory();
  const cache = new TimedCache<string>(epoch, TTL_MS, budget);
  const now = await cache.epoch();
  cache.set('key', now, 'value', 4_000.5);
  vi.advanceTimersByTime(5_999);
  expect(cache.get('key', now)).toBe('value');
  vi.advanceTimersByTime(1);
  expect(cache.get('key', now)).toBeNull();
});

test.each([
  [TTL_MS - 1, 'value'],
  [TTL_MS - 0.5, null],
  [TTL_MS, null],
  [TTL_MS + 1, null],
])('a value whose read took %d ms is worth %j', async (ageMs, value) => {
  const { epoch, budget } = openMemory();
  const cache = new TimedCache<string>(epoch, TTL_MS, budget);
  const now = await cache.epoch();
  cache.set('key', now, 'value', ageMs);
  expect(cache.get('key', now)).toBe(value);
});

test('what is too old takes no memory, though nobody asks for it again', async () => {
  const { epoch, budget } = openMemory();
  const cache = new TimedCache<string>(epoch, TTL_MS, budget);
  const now = await cache.epoch();
  cache.set('first', now, 'value', 0);
  const { bytes } = cache;
  for (let index = 0; index < 100; index += 1) cache.set(`old-${index}`, now, 'value', 0);
  vi.advanceTimersByTime(TTL_MS + 1);
  cache.set('after', now, 'value', 0);
  expect(cache.bytes).toBe(bytes);
  expect(cache.get('after', now)).toBe('value');
});
