import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LocalWriteEpoch } from '../../src/cache/write-epoch.ts';

const UNSETTLED_MS = 5_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('each write begins an epoch whose name was never used', () => {
  const epoch = new LocalWriteEpoch(UNSETTLED_MS);
  const names = [epoch.current().name];
  for (const isSettled of [true, false, true]) {
    epoch.advance(isSettled);
    names.push(epoch.current().name);
  }
  expect(new Set(names).size).toBe(4);
});

test('an epoch that an unknown write began settles when that write cannot arrive any more, under the same name', () => {
  const epoch = new LocalWriteEpoch(UNSETTLED_MS);
  epoch.advance(false);
  const { name } = epoch.current();
  vi.advanceTimersByTime(UNSETTLED_MS - 1);
  expect(epoch.current()).toEqual({ name, isSettled: false });
  vi.advanceTimersByTime(1);
  expect(epoch.current()).toEqual({ name, isSettled: true });
});

test('a later write that is confirmed does not settle an unknown one', () => {
  const epoch = new LocalWriteEpoch(UNSETTLED_MS);
  epoch.advance(false);
  vi.advanceTimersByTime(UNSETTLED_MS / 2);
  epoch.advance(true);
  expect(epoch.current().isSettled).toBe(false);
  vi.advanceTimersByTime(UNSETTLED_MS / 2);
  expect(epoch.current().isSettled).toBe(true);
});

test('the last of several unknown writes counts', () => {
  const epoch = new LocalWriteEpoch(UNSETTLED_MS);
  epoch.advance(false);
  vi.advanceTimersByTime(UNSETTLED_MS - 1);
  epoch.advance(false);
  vi.advanceTimersByTime(UNSETTLED_MS - 1);
  expect(epoch.current().isSettled).toBe(false);
});
