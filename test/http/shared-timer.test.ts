import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SharedTimer } from '../../src/http/shared-timer.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test.each([
  ['a little early', 99.4, 100],
  ['late', 130, 130],
])(
  'where the clock says that it went off %s, the time that it was told has come all the same',
  (_when, at, now) => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
    const onTime = vi.fn<(now: number) => void>();
    new SharedTimer(onTime).goOffBy(100);
    clock.mockReturnValue(at);
    vi.advanceTimersByTime(100);
    expect(onTime.mock.calls).toEqual([[now]]);
  },
);
