import { describe, expect, test } from 'vitest';
import { MemoryBudget } from '../../src/cache/memory-budget.ts';
import { sizeInBytes } from '../../src/cache/size-in-bytes.ts';
import { TimedCache } from '../../src/cache/timed-cache.ts';
import { LocalWriteEpoch } from '../../src/cache/write-epoch.ts';

/** Two caches under one budget. */
function openCaches(maxBytes: number) {
  const budget = new MemoryBudget(maxBytes);
  const epoch = new LocalWriteEpoch(0);
  const caches = [1, 2].map(() => new TimedCache<string>(epoch, 60_000, budget));
  const sum = () => caches.reduce((bytes, cache) => bytes + cache.bytes, 0);
  return { caches, sum, now: epoch.current() };
}

describe('a budget', () => {
  test('holds for all caches together, and the largest gives way with what it used least lately', () => {
    const { caches, sum, now } = openCaches(10_000);
    const [small, large] = caches;
    for (const key of ['a', 'b', 'c']) small?.set(key, now, 'x'.repeat(500), 0);
    for (let index = 0; index < 100; index += 1) {
      large?.get('0', now);
      large?.set(String(index), now, 'x'.repeat(500), 0);
      expect(sum()).toBeLessThanOrEqual(10_000);
    }
    expect([small?.get('a', now)?.length, large?.get('0', now)?.length, large?.get('1', now)]).toEqual([
      500,
      500,
      null,
    ]);
  });

  test('may be filled to the byte, and who came first gives way among equals', () => {
    const { caches } = openCaches(100_000);
    caches[0]?.set('key', new LocalWriteEpoch(0).current(), 'x', 0);
    const { caches: pair, sum, now } = openCaches(2 * (caches[0]?.bytes ?? 0));
    for (const cache of pair) cache.set('key', now, 'x', 0);
    expect(pair.map((cache) => cache.get('key', now))).toEqual(['x', 'x']);
    pair[0]?.set('k', now, 'x', 0);
    expect([sum() > 0, pair[1]?.get('key', now)]).toEqual([true, 'x']);
  });

  test('keeps nothing that is larger than all of it', () => {
    const { caches, sum, now } = openCaches(1_000);
    caches[0]?.set('key', now, 'x'.repeat(1_000), 0);
    expect(sum()).toBe(0);
  });

  test('counts the key', () => {
    const { caches, sum, now } = openCaches(100_000);
    caches[0]?.set('k'.repeat(20_000), now, 'x', 0);
    expect(sum()).toBeGreaterThan(40_000);
  });
});

test('the size of a value covers every part of it, however deep', () => {
  const parts = {
    list: [{ text: 'x'.repeat(1_000) }],
    map: new Map([['y'.repeat(1_000), { z: 'z'.repeat(1_000) }]]),
  };
  expect(sizeInBytes(parts)).toBeGreaterThan(6_000);
  let deep: unknown = 'end';
  for (let level = 0; level < 100_000; level += 1) deep = [deep];
  expect(sizeInBytes(deep)).toBeGreaterThan(100_000);
});

test.each([
  ['a text by its characters', 'xx', 8 + 24 + 4],
  ['a number', 7, 8],
  ['nothing', null, 8],
  ['a list by what it holds', [1, 'x'], 8 + 56 + 8 + 34],
  ['an object by what it holds', { a: { b: 1 } }, 2 * (8 + 56) + 8],
  ['a map by its keys and what it holds', new Map([['k', 1]]), 8 + 56 + 34 + 8],
])('what a value takes is rather too much than too little: %s', (_what, value, bytes) => {
  expect(sizeInBytes(value)).toBe(bytes);
});
