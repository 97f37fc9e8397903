import type { Refusal } from '../edge/refusal.ts';
import { MinuteWindows } from './minute-windows.ts';

const FAILURES_PER_MINUTE = 60;

/** A request that tells where it comes from. */
interface Located {
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/** Counts failed logins by address. Who has a good key is never held up by others behind the same address. */
export class LoginLimiter {
  readonly #failures = new MinuteWindows(FAILURES_PER_MINUTE);

  /** Counts one more failure. @returns the refusal to answer with: 429 once there are too many */
  count({ socket }: Located, refusal: Refusal): Refusal {
    if (refusal.status !== 401) return refusal;
    const { isWithin, resetMs } = this.#failures.take(socket.remoteAddress ?? '', 1);
    if (isWithin) return refusal;
    const message = 'Too many failed logins from this address: wait before the next.';
    return { status: 429, code: 'RATE_LIMITED', message, retryAfterMs: resetMs };
  }
}
