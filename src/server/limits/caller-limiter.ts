import type { Redis } from 'ioredis';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';

const WINDOW_SECONDS = 60;

/** What is left of a caller's budget. */
export interface Budget {
  readonly isWithin: boolean;
  readonly remaining: number;
  readonly resetMs: number;
}

/** Where replicas count together. */
export interface SharedCounts {
  readonly redis: Redis;
  /** Keeps apart who spends different quotas. */
  readonly scope: string;
  /** Whether Redis did not answer lately: then it is not asked. */
  readonly isAway: () => boolean;
  /** Called when Redis did not answer. */
  readonly suspend: () => void;
}

/** Counts in this process what Redis could not count. */
class Insurance extends RateLimiterMemory {
  readonly #onUse: () => void;

  constructor(window: ConstructorParameters<typeof RateLimiterMemory>[0], onUse: () => void) {
    super(window);
    this.#onUse = onUse;
  }

  override consume(...args: Parameters<RateLimiterMemory['consume']>): Promise<RateLimiterRes> {
    this.#onUse();
    return super.consume(...args);
  }
}

/** Counts the upstream calls of each caller in windows of a minute. */
export class CallerLimiter {
  readonly perMinute: number;
  readonly #shared: SharedCounts | null;
  readonly #local: RateLimiterMemory;
  readonly #limiter: RateLimiterAbstract;

  /** @param shared counts for all replicas together; while it is down, each process counts alone */
  constructor(perMinute: number, shared: SharedCounts | null) {
    this.perMinute = perMinute;
    this.#shared = shared;
    const keyPrefix = shared ? `scg:calls:2:${shared.scope}` : 'scg:calls:2';
    const window = { points: perMinute, duration: WINDOW_SECONDS, keyPrefix };
    if (shared) {
      const insurance = new Insurance(window, () => shared.suspend());
      this.#local = insurance;
      this.#limiter = new RateLimiterRedis({
        ...window,
        storeClient: shared.redis,
        insuranceLimiter: insurance,
      });
    } else {
      this.#local = new RateLimiterMemory(window);
      this.#limiter = this.#local;
    }
  }

  /** Takes calls off the caller's budget, if they are in it. */
  async charge(caller: string, calls: number): Promise<Budget> {
    try {
      return toBudget(await this.#present().consume(caller, calls), true);
    } catch (error) {
      if (error instanceof RateLimiterRes) return toBudget(error, false);
      throw error;
    }
  }

  /** Sets right what was charged before it was known. @param difference calls made beyond those charged, or fewer */
  async settle(caller: string, difference: number): Promise<void> {
    try {
      if (difference > 0) await this.#present().penalty(caller, difference);
      if (difference < 0) await this.#present().reward(caller, -difference);
    } catch {
      // The budget is then off by this much until its minute ends.
    }
  }

  #present(): RateLimiterAbstract {
    return this.#shared?.isAway() ? this.#local : this.#limiter;
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
