import { isDeepStrictEqual } from 'node:util';
import { RateLimiterRes } from 'rate-limiter-flexible';
import type { IdempotencyStore } from '../scenario/idempotency-store.ts';
import type { Limiter, LimiterWindow, OpenLimiter } from '../server/limiter.ts';
import type { Line } from './line.ts';
import {
  ADJUST,
  CLAIM,
  CONSUME,
  type Points,
  RELEASE,
  SETTLE,
  type SharedBudget,
  WITHDRAW,
} from './topics.ts';

/** Keeps for all workers what each would keep for itself: the records of keyed creates, and what limits count. */
export class MemoryService {
  readonly #records: IdempotencyStore;
  readonly #openLimiter: OpenLimiter;
  readonly #limiters = new Map<string, Limiter>();

  constructor(records: IdempotencyStore, openLimiter: OpenLimiter) {
    this.#records = records;
    this.#openLimiter = openLimiter;
  }

  /** Answers this worker from now on. */
  attend(line: Line): void {
    line.serve(CLAIM, ({ key, record }) => this.#records.claim(key, record));
    line.serve(WITHDRAW, async ({ key, record }) => {
      const known = await this.#records.claim(key, record);
      if (known === null || isDeepStrictEqual(known, record)) await this.#records.release(key);
      return null;
    });
    line.serve(SETTLE, async ({ key, record }) => {
      await this.#records.settle(key, record);
      return null;
    });
    line.serve(RELEASE, async ({ key }) => {
      await this.#records.release(key);
      return null;
    });
    line.serve(CONSUME, (points) => this.#consume(points));
    line.serve(ADJUST, async ({ window, key, points }) => {
      const limiter = this.#limiterOf(window);
      await (points > 0 ? limiter.penalty(key, points) : limiter.reward(key, -points));
      return null;
    });
  }

  async #consume({ window, key, points }: Points): Promise<SharedBudget> {
    try {
      return { isWithin: true, ...facts(await this.#limiterOf(window).consume(key, points)) };
    } catch (error) {
      if (error instanceof RateLimiterRes) return { isWithin: false, ...facts(error) };
      throw error;
    }
  }

  #limiterOf(window: LimiterWindow): Limiter {
    const known = this.#limiters.get(window.keyPrefix);
    if (known) return known;
    const limiter = this.#openLimiter(window);
    this.#limiters.set(window.keyPrefix, limiter);
    return limiter;
  }
}

function facts({ remainingPoints, msBeforeNext, consumedPoints, isFirstInDuration }: RateLimiterRes) {
  return { remainingPoints, msBeforeNext, consumedPoints, isFirstInDuration };
}
