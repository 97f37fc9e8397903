import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Deadline } from '../../src/http/deadline.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

test('it passes when its budget is over, and what is left is never negative', () => {
  const deadline = new Deadline(100);
  vi.advanceTimersByTime(99);
  expect([deadline.remainingMs, deadline.passed]).toEqual([1, false]);
  vi.advanceTimersByTime(1);
  expect([deadline.remainingMs, deadline.passed]).toEqual([0, true]);
  vi.advanceTimersByTime(1);
  expect([deadline.remainingMs, deadline.passed]).toEqual([0, true]);
});

test.each([
  [1_000, 500],
  [5_000, 500],
  [10_000, 1_000],
])('of %i ms it keeps %i for the read that settles a write', (budgetMs, reserveMs) => {
  const deadline = new Deadline(budgetMs);
  expect(deadline.reserveMs).toBe(reserveMs);
  vi.advanceTimersByTime(budgetMs - reserveMs - 1);
  expect(deadline.allowsRepeat).toBe(true);
  vi.advanceTimersByTime(1);
  expect(deadline.allowsRepeat).toBe(false);
});

test('a write ends before the reserve does, unless that would leave it less than the reserve', () => {
  const write = new Deadline(10_000).beforeReserve();
  expect([write.remainingMs, write.reserveMs]).toEqual([9_000, 0]);
  expect(new Deadline(1_001).beforeReserve().remainingMs).toBe(501);
  expect(new Deadline(1_000).beforeReserve().remainingMs).toBe(1_000);
});
