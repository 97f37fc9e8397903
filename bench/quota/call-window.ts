const WINDOW_MS = 60_000;

/** What an upstream has counted. */
export interface CallCounts {
  /** Calls that it answered. */
  answered: number;
  /** Calls that were too many. */
  refused: number;
}

/** A quota of calls in any minute. */
export class CallWindow {
  readonly counts: CallCounts = { answered: 0, refused: 0 };
  readonly #perMinute: number;
  readonly #times: number[] = [];

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /** Takes a call, or tells in how many milliseconds there will be room for one. */
  take(now: number): number {
    while (this.#times[0] !== undefined && this.#times[0] <= now - WINDOW_MS) this.#times.shift();
    const [oldest] = this.#times;
    if (oldest !== undefined && this.#times.length >= this.#perMinute) {
      this.counts.refused += 1;
      return oldest + WINDOW_MS - now;
    }
    this.counts.answered += 1;
    this.#times.push(now);
    return 0;
  }
}
