import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ClientAbort } from '../../src/http/client-abort.ts';
import type { Failure } from '../../src/http/failure.ts';
import { LocalPacing } from '../../src/http/pacing/local-pacing.ts';
import { shareQuota } from '../../src/http/pacing/quota-shares.ts';
import { withRetry } from '../../src/http/with-retry.ts';
import { ANSWERED, failed, status } from './open-calls.ts';
import { PacedUpstream, passes } from './paced-upstream.ts';

const WINDOW_MS = 60_000;
// Four for reads, one for writes.
const QUOTA = 5;

let upstream: PacedUpstream;
let pacing: LocalPacing;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  pacing = new LocalPacing(shareQuota(QUOTA), WINDOW_MS, () => 0.5);
  upstream = new PacedUpstream(pacing);
});

afterEach(() => vi.useRealTimers());

/** Spends what reads may use, a second between two of them. */
async function spendReads(): Promise<void> {
  for (const path of ['/1', '/2', '/3', '/4']) {
    await upstream.spend(path);
    await passes(1_000);
  }
}

test.each([
  [1, 1, 0],
  [2, 1, 1],
  [5, 4, 1],
  [9, 7, 2],
  [100, 80, 20],
])('of %i calls, reads may use %i, and %i are kept for writes', (calls, reads, writes) => {
  expect(shareQuota(calls)).toEqual({ reads, writes });
});

test('calls start at once while the window has room, and each counts until a window after its end', async () => {
  for (const path of ['/1', '/2', '/3', '/4']) void upstream.ask(path);
  await passes(0);
  expect(upstream.sent).toEqual(['/1', '/2', '/3', '/4']);
  expect(pacing.callsLeft()).toEqual({ read: 0, write: 1 });
  // None has ended: the first may count for a whole window from now on.
  expect(await upstream.refusalOf('/5')).toBe(WINDOW_MS);
  await passes(3_000);
  for (const { end } of upstream.calls.sent) end(ANSWERED);
  await passes(WINDOW_MS - 1);
  expect(pacing.callsLeft()).toEqual({ read: 0, write: 1 });
  await passes(1);
  expect(pacing.callsLeft()).toEqual({ read: 4, write: 5 });
});

describe('a call for which there is no room', () => {
  test('waits until there is, where its deadline leaves time for an answer', async () => {
    await spendReads();
    await passes(WINDOW_MS - 4_000 - 9_000);
    void upstream.ask('/patient');
    expect(await upstream.refusalOf('/hasty', { deadlineMs: 9_999 })).toBe(10_000);
    await passes(8_999);
    expect(upstream.sent).not.toContain('/patient');
    await passes(1);
    expect(upstream.sent.at(-1)).toBe('/patient');
    expect(upstream.counts).toEqual({ waited: 1, refused: 1 });
  });

  test('is told its own slot otherwise, and is served when it comes back then, whoever else has asked', async () => {
    await spendReads();
    const waits = [];
    for (const path of ['/a', '/b', '/c', '/d', '/e']) waits.push(await upstream.refusalOf(path));
    expect(waits).toEqual([56_000, 57_000, 58_000, 59_000, 118_000]);
    await passes(56_000);
    expect(await upstream.refusalOf('/other', { deadlineMs: 1_000 })).toBeGreaterThan(50_000);
    for (const path of ['/a', '/b', '/c', '/d']) {
      await upstream.spend(path);
      await passes(1_000);
    }
    expect(upstream.sent.slice(4)).toEqual(['/a', '/b', '/c', '/d']);
  });

  test('is served also when it comes back late, by less than 2 s; later its slot is anybody’s', async () => {
    await spendReads();
    expect(await upstream.refusalOf('/a')).toBe(56_000);
    expect(await upstream.refusalOf('/b')).toBe(57_000);
    await passes(56_000 + 1_999);
    await upstream.spend('/a');
    await passes(1);
    await upstream.spend('/c', '/b');
    expect(upstream.sent.slice(4)).toEqual(['/a', '/c', '/b']);
  });

  test('who is told to come back twice for the same call has two slots', async () => {
    await spendReads();
    expect([await upstream.refusalOf('/a'), await upstream.refusalOf('/a')]).toEqual([56_000, 57_000]);
    await passes(56_000);
    await upstream.spend('/a');
    expect(await upstream.refusalOf('/a', { deadlineMs: 500 })).toBeGreaterThan(0);
    await passes(1_000);
    await upstream.spend('/a');
    expect(upstream.sent.slice(4)).toEqual(['/a', '/a']);
  });

  test('keeps no slot where so many were told a time already: they are spread over a window', async () => {
    await spendReads();
    for (let told = 0; told < 8; told += 1) expect(await upstream.refusalOf(`/${told}`)).toBeGreaterThan(0);
    expect(await upstream.refusalOf('/late')).toBe(58_000 + 3 * WINDOW_MS + WINDOW_MS / 2);
    expect(await upstream.refusalOf('/late')).toBe(58_000 + 3 * WINDOW_MS + WINDOW_MS / 2);
  });

  test('leaves its slot to others when its caller goes', async () => {
    await spendReads();
    await passes(55_000);
    const clientAbort = new ClientAbort();
    const left = upstream.ask('/left', { signal: clientAbort });
    void upstream.ask('/next');
    await passes(500);
    clientAbort.abort();
    expect(await left).toEqual(failed({ kind: 'cancelled', sent: false }));
    void upstream.ask('/last');
    await passes(500);
    expect(upstream.sent.slice(4)).toEqual(['/last']);
    await passes(1_000);
    expect(upstream.sent.slice(4)).toEqual(['/last', '/next']);
  });

  test('goes out a little later where a call before it takes longer than was known', async () => {
    for (const path of ['/1', '/2', '/3', '/4']) void upstream.ask(path);
    expect(await upstream.refusalOf('/5')).toBe(WINDOW_MS);
    await passes(200);
    for (const { end } of upstream.calls.sent) end(ANSWERED);
    await passes(WINDOW_MS - 200);
    void upstream.ask('/5');
    await passes(199);
    expect(upstream.sent).not.toContain('/5');
    await passes(1);
    expect(upstream.sent).toContain('/5');
  });

  test('is counted once, however often it has to wait on', async () => {
    await spendReads();
    await passes(55_000);
    void upstream.ask('/5');
    pacing.throttled(3_000);
    await passes(2_999);
    expect(upstream.sent).not.toContain('/5');
    await passes(1);
    expect(upstream.sent).toContain('/5');
    expect(upstream.counts).toEqual({ waited: 1, refused: 0 });
  });
});

describe('the class of the operation', () => {
  test('a write has room when reads have used up theirs, and takes of theirs when its own is used up', async () => {
    void upstream.ask('/w1', { priority: 'write' });
    void upstream.ask('/w2', { priority: 'write' });
    await passes(0);
    expect(pacing.callsLeft()).toEqual({ read: 3, write: 3 });
    for (const path of ['/1', '/2', '/3']) void upstream.ask(path);
    expect(await upstream.refusalOf('/4')).toBe(WINDOW_MS);
    expect(await upstream.refusalOf('/w3', { priority: 'write' })).toBe(WINDOW_MS);
    expect(upstream.sent).toEqual(['/w1', '/w2', '/1', '/2', '/3']);
  });

  test('reads that wait keep no write waiting', async () => {
    await spendReads();
    for (let told = 0; told < 8; told += 1) await upstream.refusalOf(`/${told}`);
    expect(await upstream.refusalOf('/w1', { priority: 'write' })).toBe(0);
    expect(upstream.sent.at(-1)).toBe('/w1');
  });

  test('what nobody waits for takes half of what reads may use, never waits, and keeps nobody waiting', async () => {
    const background = { priority: 'background', deadlineMs: 120_000 } as const;
    for (const path of ['/1', '/2']) void upstream.ask(path, background);
    expect(await upstream.refusalOf('/3', background)).toBe(WINDOW_MS);
    expect(upstream.sent).toEqual(['/1', '/2']);
    expect(pacing.callsLeft().read).toBe(2);
  });
});

const UNSENT: ReadonlyArray<Failure> = [
  { kind: 'unreachable', errorCode: 'ECONNREFUSED' },
  { kind: 'circuit-open', retryAfterMs: 1_000 },
  { kind: 'overloaded', retryAfterMs: 50 },
  { kind: 'cancelled', sent: false },
  { kind: 'timed-out', limit: 'attempt', sent: false, waitedMs: 5_000 },
];
const SENT: ReadonlyArray<Failure> = [
  status(500),
  { kind: 'connection-lost', errorCode: 'ECONNRESET' },
  { kind: 'unreadable', why: 'not-json' },
  { kind: 'cancelled', sent: true },
  { kind: 'timed-out', limit: 'attempt', sent: true, waitedMs: 5_000 },
];

test.each(UNSENT)('a call that was not sent is not counted: $kind', async (failure) => {
  const result = upstream.ask('/1');
  await passes(0);
  upstream.calls.end(failed(failure));
  expect(await result).toEqual(failed(failure));
  expect(pacing.callsLeft().read).toBe(4);
});

test.each(SENT)('a call that failed after it was sent is counted: $kind', async (failure) => {
  void upstream.ask('/1');
  await passes(0);
  upstream.calls.end(failed(failure));
  await passes(WINDOW_MS - 1);
  expect(pacing.callsLeft().read).toBe(3);
});

test('each attempt of a call that is repeated counts', async () => {
  const repeating = new PacedUpstream(pacing, (send) => withRetry(send, () => 0));
  void repeating.ask('/1');
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await passes(0);
    expect(pacing.callsLeft().read).toBe(4 - attempt);
    repeating.calls.end(failed(status(503)));
  }
  await passes(0);
  expect(repeating.sent).toEqual(['/1', '/1', '/1']);
});
