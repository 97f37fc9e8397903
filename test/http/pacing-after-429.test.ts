import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LocalPacing } from '../../src/http/pacing/local-pacing.ts';
import { shareQuota } from '../../src/http/pacing/quota-shares.ts';
import { failed, status } from './open-calls.ts';
import { PacedUpstream, passes } from './paced-upstream.ts';

const WINDOW_MS = 60_000;
// Sixteen for reads, four for writes: half of it is enough for what these tests ask.
const QUOTA = 20;

let upstream: PacedUpstream;
let pacing: LocalPacing;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  pacing = new LocalPacing(shareQuota(QUOTA), WINDOW_MS, () => 0.5);
  upstream = new PacedUpstream(pacing);
});

afterEach(() => vi.useRealTimers());

/** A call that is refused with 429. */
async function throttle(fields: Parameters<typeof status>[1]): Promise<void> {
  void upstream.ask('/throttled');
  await passes(0);
  upstream.calls.end(failed(status(429, fields)));
  await passes(0);
}

test('closes the window for as long as it says, for writes too', async () => {
  await throttle({ retryAfterMs: 8_000 });
  expect(pacing.callsLeft()).toEqual({ read: 0, write: 0 });
  for (const path of ['/1', '/2']) void upstream.ask(path);
  void upstream.ask('/w', { priority: 'write' });
  expect(await upstream.refusalOf('/3', { deadlineMs: 1_000 })).toBe(8_002);
  await passes(7_999);
  expect(upstream.sent).toEqual(['/throttled']);
  await passes(3);
  expect(upstream.sent).toEqual(['/throttled', '/1', '/w', '/2']);
});

test('leaves half of the quota when the window opens again, and all of it a minute later', async () => {
  await throttle({ retryAfterMs: 8_000 });
  await passes(8_000);
  expect(pacing.callsLeft()).toEqual({ read: 8 - 1, write: 8 - 1 + 2 });
  await passes(WINDOW_MS / 2);
  expect(pacing.callsLeft()).toEqual({ read: 12 - 1, write: 12 - 1 + 3 });
  await passes(WINDOW_MS / 2);
  expect(pacing.callsLeft()).toEqual({ read: 16, write: 16 + 4 });
});

test('leaves half of it also where it closes nothing', async () => {
  await throttle({ retryAfterMs: null });
  expect(pacing.callsLeft()).toEqual({ read: 8 - 1, write: 8 - 1 + 2 });
});

test('changes nothing where it is a limit of the plan', async () => {
  await throttle({ retryAfterMs: 8_000, planCeiling: true });
  expect(pacing.callsLeft()).toEqual({ read: 16 - 1, write: 16 - 1 + 4 });
});
