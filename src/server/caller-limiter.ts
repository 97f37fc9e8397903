import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Limiter, OpenLimiter } from './limiter.ts';

const WINDOW_SECONDS = 60;

/** What is left of a caller's budget. */
export interface Budget {
  readonly isWithin: boolean;
  readonly remaining: number;
  readonly resetMs: number;
}

/** Counts the upstream calls of each caller in windows of a minute. */
export class CallerLimiter {
  readonly perMinute: number;
  readonly #limiter: Limiter;

  /**
   * @param redis counts for all replicas together; while it is down, each process counts alone
   * @param openLimiter opens what counts without Redis
   */
  constructor(perMinute: number, redis: Redis | null, openLimiter: OpenLimiter) {
    this.perMinute = perMinute;
    const window = { points: perMinute, duration: WINDOW_SECONDS, keyPrefix: 'scg:calls:1' };
    this.#limiter = redis
      ? new RateLimiterRedis({
          ...window,
          storeClient: redis,
          insuranceLimiter: new RateLimiterMemory(window),
        })
      : openLimiter(window);
  }

  /** Takes calls off the caller's budget, if they are in it. */
  async charge(caller: string, calls: number): Promise<Budget> {
    try {
      return toBudget(await this.#limiter.consume(caller, calls), true);
    } catch (error) {
      if (error instanceof RateLimiterRes) return toBudget(error, false);
      throw error;
    }
  }

  /** Sets right what was charged before it was known. @param difference calls made beyond those charged, or fewer */
  async settle(caller: string, difference: number): Promise<void> {
    try {
      if (difference > 0) await this.#limiter.penalty(caller, difference);
      if (difference < 0) await this.#limiter.reward(caller, -difference);
    } catch {
      // The budget is then off by this much until its minute ends.
    }
  }
}

function toBudget({ remainingPoints, msBeforeNext }: RateLimiterRes, isWithin: boolean): Budget {
  return { isWithin, remaining: remainingPoints, resetMs: msBeforeNext };
}

/** The headers of the IETF draft that tell a caller about its budget. */
export function budgetHeaders(
  perMinute: number,
  { remaining, resetMs }: Budget,
): Readonly<Record<string, string>> {
  return {
    'ratelimit-policy': `"caller";q=${perMinute};w=${WINDOW_SECONDS}`,
    ratelimit: `"caller";r=${Math.max(0, remaining)};t=${Math.ceil(resetMs / 1000)}`,
  };
}
