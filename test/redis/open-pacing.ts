import { afterEach, beforeEach, onTestFinished, vi } from 'vitest';
import type { PacedCall, Turn } from '../../src/http/pacing/pacing.ts';
import { RedisPacing } from '../../src/redis/redis-pacing.ts';
import { openConnection, settle } from './scripted-client.ts';

export const WINDOW_MS = 60_000;
export const ATTEMPT_MS = 5_000;
export const DOUBT_MS = 500;
export const CALL: PacedCall = {
  id: '1',
  caller: 'ada',
  key: 'key',
  priority: 'read',
  patienceMs: 3_000,
  maxDurationMs: 1_000.5,
};
const SHARES = { reads: 8, writes: 4 };

/** Fakes every clock that paces. */
export function fakeClocks(): void {
  beforeEach(() => {
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
    });
    // A clock that began long ago.
    vi.advanceTimersByTime(1_000_000);
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

/** What paces over a Redis that the test plays. */
export function openPacing({ isAway = false } = {}) {
  const { client, redis } = openConnection();
  const state = { isAway, suspensions: 0 };
  const suspend = (): void => {
    state.isAway = true;
    state.suspensions += 1;
  };
  const options = { shares: SHARES, windowMs: WINDOW_MS, attemptMs: ATTEMPT_MS };
  const pacing = new RedisPacing({ redis, isAway: () => state.isAway, suspend }, '{scope}', options);
  onTestFinished(() => pacing.close());
  /** What was sent of this script, by its arguments. */
  const sent = (script: string) =>
    client.sent.map((_, turn) => client.at(turn)).filter((each) => each.script === script);
  /** Answers what was sent last. */
  const answer = (...reply: readonly unknown[]) => client.answer(-1, ...reply);
  const enter = async (call: Partial<PacedCall> = {}, ...reply: readonly unknown[]): Promise<Turn> => {
    const turn = Promise.resolve(pacing.enter({ ...CALL, ...call }));
    await settle();
    if (reply.length > 0) await answer(...reply);
    return turn;
  };
  /** How many calls it starts alone before it has one wait. */
  const startAlone = async (priority: PacedCall['priority'], from: number): Promise<number> => {
    for (let call = 0; ; call += 1) {
      const turn = await enter({ id: `${from + call}`, key: `${from + call}`, priority });
      if (turn.kind !== 'started') return call;
    }
  };
  return { client, pacing, state, sent, answer, enter, startAlone };
}

/** Replicas are heard of, with calls that count. */
export async function openHeard(replicas: number, reads = 0, writes = 0) {
  const opened = openPacing();
  await opened.answer(replicas, WINDOW_MS, reads, writes);
  return opened;
}
