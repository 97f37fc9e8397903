import { MinuteWindows, type Taken, WINDOW_MS } from './minute-windows.ts';
import { type SharedCounts, SharedWindows } from './shared-windows.ts';

/** What was taken off a caller's budget, or why it was not. */
export interface Charge extends Taken {
  /**
   * Sets right what was charged before it was known. What is given back belongs to the minute that it was taken from.
   * @param difference calls made beyond those charged, or fewer
   */
  settle(difference: number): void;
}

/** Counts the upstream calls of each caller in windows of a minute. */
export class CallerLimiter {
  readonly perMinute: number;
  readonly #local: MinuteWindows;
  readonly #shared: SharedWindows | null;

  /** @param counts for all replicas together; while Redis is away, each process counts alone */
  constructor(perMinute: number, counts: SharedCounts | null) {
    this.perMinute = perMinute;
    this.#local = new MinuteWindows(perMinute);
    this.#shared = counts && new SharedWindows(perMinute, counts);
  }

  /** Takes calls off the caller's budget, if they are in it; a charge that is not within it has cost nothing. */
  async charge(caller: string, calls: number): Promise<Charge> {
    return (
      (this.#shared && (await this.#chargeShared(this.#shared, caller, calls))) ??
      this.#chargeLocal(caller, calls)
    );
  }

  async #chargeShared(shared: SharedWindows, caller: string, calls: number): Promise<Charge | null> {
    const taken = await shared.take(caller, calls);
    if (taken === null) return null;
    const settle = (difference: number): void => {
      if (difference > 0) void shared.force(caller, difference);
      if (difference < 0) void shared.giveBack(caller, -difference, taken.window);
    };
    return { ...taken, settle };
  }

  #chargeLocal(caller: string, calls: number): Charge {
    const { window, ...taken } = this.#local.take(caller, calls);
    const settle = (difference: number): void => {
      if (difference > 0) this.#local.force(caller, difference);
      // A window that is over is nobody's any more.
      if (difference < 0) window.used += difference;
    };
    return { ...taken, settle };
  }
}

/** The headers of the IETF draft that tell a caller about its budget. */
export function budgetHeaders(
  perMinute: number,
  { remaining, resetMs }: Taken,
): Readonly<Record<string, string>> {
  return {
    'ratelimit-policy': `"caller";q=${perMinute};w=${WINDOW_MS / 1000}`,
    ratelimit: `"caller";r=${remaining};t=${Math.ceil(resetMs / 1000)}`,
  };
}
