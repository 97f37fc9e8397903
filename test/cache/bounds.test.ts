import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { MemoryBudget } from '../../src/cache/memory-budget.ts';
import { sizeInBytes } from '../../src/cache/size-in-bytes.ts';
import { TimedCache } from '../../src/cache/timed-cache.ts';
import { LocalWriteEpoch } from '../../src/cache/write-epoch.ts';
import { everyCollection, oneCollection, openFrontDoor } from '../support/front-door.ts';

setFlagsFromString('--expose-gc');
const gc: unknown = runInNewContext('gc');

function heapBytes(): number {
  if (typeof gc !== 'function') throw new Error('The garbage collector cannot be called.');
  gc();
  return process.memoryUsage().heapUsed;
}

const READS = 1_200;
const NAME = 'n'.repeat(900_000);
const AT_ONCE = 8;
// What is kept, and as much again for what is under way.
const MAX_GROWTH_BYTES = 128 * 1_048_576;

test('1,200 kept reads of names with 900 KB stay within the budget', { timeout: 120_000 }, async () => {
  const { query, upstream } = await openFrontDoor(
    ({ path }) => oneCollection({ id: path.split('/')[3], name: NAME }),
    { CACHE_TTL_MS: '600000', STALE_IF_ERROR_MS: '600000' },
  );
  const before = heapBytes();
  for (let index = 0; index < READS; index += AT_ONCE)
    await Promise.all(
      Array.from({ length: AT_ONCE }, (_, offset) =>
        query(`{ collection(id: "c${index + offset}") { id } }`),
      ),
    );
  upstream.requests.length = 0;
  expect(heapBytes() - before).toBeLessThan(MAX_GROWTH_BYTES);
  // The last of them is kept all the same.
  await query(`{ again: collection(id: "c${READS - 1}") { id } }`);
  expect(upstream.requests).toEqual([]);
});

test('answers to ever other documents stay within the budget, their texts included', {
  timeout: 120_000,
}, async () => {
  const { query } = await openFrontDoor(everyCollection, {
    CACHE_TTL_MS: '600000',
    MAX_QUERY_BYTES: '1000000',
    MAX_BODY_BYTES: '1000000',
  });
  const before = heapBytes();
  for (let index = 0; index < 400; index += 1)
    await query(`{ collection(id: "c${index}") { id } } #${String(index).repeat(200_000)}`);
  expect(heapBytes() - before).toBeLessThan(MAX_GROWTH_BYTES);
});

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
    const [large, small] = caches;
    small?.set('kept', now, 'x', 0);
    for (let index = 0; index < 100; index += 1) {
      large?.get('0', now);
      large?.set(String(index), now, 'x'.repeat(500), 0);
      expect(sum()).toBeLessThanOrEqual(10_000);
    }
    expect([small?.get('kept', now), large?.get('0', now)?.length, large?.get('1', now)]).toEqual([
      'x',
      500,
      null,
    ]);
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
