import { RateLimiterRes } from 'rate-limiter-flexible';
import { type Limiter, type LimiterWindow, openMemoryLimiter } from '../server/limiter.ts';
import type { Line } from './line.ts';
import { ADJUST, CONSUME } from './topics.ts';

/** Counts in the primary, for all workers together; by itself while the primary does not answer. */
export class WorkerLimiter implements Limiter {
  readonly #line: Line;
  readonly #window: LimiterWindow;
  readonly #alone: Limiter;

  constructor(line: Line, window: LimiterWindow) {
    this.#line = line;
    this.#window = window;
    this.#alone = openMemoryLimiter(window);
  }

  async consume(key: string, points: number): Promise<RateLimiterRes> {
    const budget = await this.#line.ask(CONSUME, { window: this.#window, key, points }).catch(() => null);
    if (budget === null) return this.#alone.consume(key, points);
    const { isWithin, remainingPoints, msBeforeNext, consumedPoints, isFirstInDuration } = budget;
    const left = new RateLimiterRes(remainingPoints, msBeforeNext, consumedPoints, isFirstInDuration);
    // As the limiters of the library do.
    return isWithin ? left : Promise.reject(left);
  }

  penalty(key: string, points: number): Promise<null> {
    return this.#line.ask(ADJUST, { window: this.#window, key, points });
  }

  reward(key: string, points: number): Promise<null> {
    return this.#line.ask(ADJUST, { window: this.#window, key, points: -points });
  }
}
