import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { CallResult, Send } from '../../src/http/call.ts';
import type { Pacing, Priority } from '../../src/http/pacing/pacing.ts';
import { shareQuota } from '../../src/http/pacing/quota-shares.ts';
import { withPacing } from '../../src/http/with-pacing.ts';
import { READ, scopeOf } from '../http/calls.ts';
import { ANSWERED } from '../http/open-calls.ts';
import { mostInWindow } from '../support/most-in-window.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import { openShare } from './open-share.ts';

const ATTEMPT_MS = 500;
const LONGEST_CALL_MS = 20;

/** A call that reached the upstream. */
interface Arrival {
  readonly at: number;
  readonly priority: Priority;
  readonly replica: number;
}

/** What paces in one replica, and the way through it. */
interface PacedReplica {
  readonly pacing: Pacing;
  readonly send: Send;
}

/** Replicas that pace together over one Redis, in windows that are short enough for a test. */
export class PacedFleet {
  readonly redis: RedisServer;
  readonly arrivals: Arrival[] = [];
  readonly #windowMs: number;
  readonly #replicas: PacedReplica[] = [];

  private constructor(redis: RedisServer, windowMs: number) {
    this.redis = redis;
    this.#windowMs = windowMs;
  }

  /** Opens it for as long as the test runs. @param quota calls that all of them may make in a window */
  static async open(replicas: number, quota: number, windowMs: number): Promise<PacedFleet> {
    const redis = await startRedis();
    onTestFinished(redis.kill);
    const fleet = new PacedFleet(redis, windowMs);
    for (let replica = 0; replica < replicas; replica += 1) await fleet.#join(replica, quota);
    return fleet;
  }

  ask(replica: number, path: string, priority: Priority = 'read', deadlineMs = 1_000): Promise<CallResult> {
    const { send } = this.#at(replica);
    return send({ ...READ, path }, { ...scopeOf(deadlineMs), caller: path, priority });
  }

  callsLeft(replica: number) {
    return this.#at(replica).pacing.callsLeft();
  }

  /** Asks through all replicas in turn, far more often than there are calls, for so long. */
  async flood(forMs: number): Promise<void> {
    const endsAt = performance.now() + forMs;
    const asked: Promise<CallResult>[] = [];
    for (let turn = 0; performance.now() < endsAt; turn += 1) {
      const priority = turn % 10 === 0 ? 'write' : 'read';
      asked.push(this.ask(turn % this.#replicas.length, `/${turn}`, priority, 200));
      await delay(10);
    }
    await Promise.all(asked);
  }

  most(...priorities: readonly Priority[]): number {
    const counted = this.arrivals.filter(({ priority }) => priorities.includes(priority));
    const moments = counted.map(({ at }) => at);
    return mostInWindow(moments, this.#windowMs);
  }

  async #join(replica: number, quota: number): Promise<void> {
    const { openPacing } = await openShare(this.redis, ATTEMPT_MS);
    const pacing = openPacing({
      shares: shareQuota(quota),
      windowMs: this.#windowMs,
      attemptMs: ATTEMPT_MS,
    });
    onTestFinished(() => pacing.close());
    this.#replicas.push({
      pacing,
      send: withPacing(this.#receive(replica), pacing, { waited: 0, refused: 0 }),
    });
  }

  #receive(replica: number): Send {
    return async (_call, { priority }) => {
      await delay(Math.random() * LONGEST_CALL_MS);
      this.arrivals.push({ at: performance.now(), priority, replica });
      await delay(Math.random() * LONGEST_CALL_MS);
      return ANSWERED;
    };
  }

  #at(replica: number): PacedReplica {
    const found = this.#replicas[replica];
    if (!found) throw new Error(`there is no replica ${replica}`);
    return found;
  }
}
