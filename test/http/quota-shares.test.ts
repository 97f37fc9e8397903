import { expect, test } from 'vitest';
import { shareQuota, spareCalls } from '../../src/http/pacing/quota-shares.ts';

test.each([
  [{ read: 80, write: 100 }, 40],
  [{ read: 41, write: 61 }, 1],
  [{ read: 40, write: 60 }, 0],
  [{ read: 0, write: 20 }, -40],
])('with %o left of a hundred calls, %i are to spare for what nobody waits for', (left, spare) => {
  expect(spareCalls(left, shareQuota(100))).toBe(spare);
});
