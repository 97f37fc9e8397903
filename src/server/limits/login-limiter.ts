import type { IncomingMessage } from 'node:http';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Refusal } from '../edge/refusal.ts';

const FAILURES_PER_MINUTE = 60;

/** Counts failed logins by address. Who has a good key is never held up by others behind the same address. */
export class LoginLimiter {
  readonly #failures = new RateLimiterMemory({ points: FAILURES_PER_MINUTE, duration: 60 });

  /** Counts one more failure. @returns the refusal to answer with: 429 once there are too many */
  async count(req: IncomingMessage, refusal: Refusal): Promise<Refusal> {
    if (refusal.status !== 401) return refusal;
    try {
      await this.#failures.consume(req.socket.remoteAddress ?? '', 1);
      return refusal;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const retryAfterMs = error.msBeforeNext;
      const message = 'Too many failed logins from this address: wait before the next.';
      return { status: 429, code: 'RATE_LIMITED', message, retryAfterMs };
    }
  }
}
