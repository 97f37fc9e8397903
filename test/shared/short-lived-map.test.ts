import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { ShortLivedMap } from '../../src/shared/short-lived-map.ts';

setFlagsFromString('--expose-gc');
const gc: unknown = runInNewContext('gc');

function collectGarbage(type: 'minor' | 'major'): void {
  if (typeof gc !== 'function') throw new Error('The garbage collector cannot be called.');
  gc({ type });
}

const IN_FLIGHT = 32;
// Too little in all for a major collection to come in between.
const ENTRIES = 2_000;
const NUMBERS_PER_ENTRY = 500;
const MAX_GROWTH_BYTES = 2 * 1_048_576;

test('what is deleted is gone with the next minor collection, however many entries came and went', () => {
  const map = new ShortLivedMap<number, number[]>();
  collectGarbage('major');
  const before = process.memoryUsage().heapUsed;
  for (let key = 0; key < ENTRIES; key += 1) {
    map.set(key, Array.from({ length: NUMBERS_PER_ENTRY }, Math.random));
    map.delete(key - IN_FLIGHT);
    if (key % 100 === 0) collectGarbage('minor');
  }
  collectGarbage('minor');

  expect(process.memoryUsage().heapUsed - before).toBeLessThan(MAX_GROWTH_BYTES);
  expect(map.size).toBe(IN_FLIGHT);
  expect([...map.values()]).toHaveLength(IN_FLIGHT);
});

test('the latest value counts, until it is deleted', () => {
  const map = new ShortLivedMap<string, string>();
  map.set('a', 'old');
  map.set('a', 'new');
  expect(map.get('a')).toBe('new');
  map.delete('a');
  expect([map.get('a'), map.size]).toEqual([null, 0]);
});
