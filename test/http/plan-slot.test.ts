import { expect, test } from 'vitest';
import { planSlot } from '../../src/http/pacing/plan-slot.ts';

// From 5 on, in a window of 60, with one or two calls that may count at once.
test.each([
  ['nothing counts', 1, [], [], 5],
  ['one of two counts', 2, [40], [], 5],
  ['all that may count do', 1, [40], [], 40],
  ['they end at parts of a millisecond', 1, [40.2], [], 41],
  ['the earlier of two ends', 2, [50, 40], [], 40],
  ['the first that waits starts before this call would cease to count', 1, [], [64], 124],
  ['it starts when this call ceases to', 1, [], [65], 5],
  ['it starts later', 1, [], [66, 200], 5],
  ['those that wait leave room between them', 2, [], [30, 70], 5],
  ['those that wait leave none', 2, [40], [30, 64], 90],
  ['others wait for the same moments', 2, [40, 41], [40], 41],
  ['a row of moments is taken', 3, [40, 41, 42], [40, 41], 42],
])('where %s', (_what, capacity, releases, slots, at) => {
  expect(planSlot(5, { windowMs: 60, capacity, releases, slots })).toBe(at);
});
