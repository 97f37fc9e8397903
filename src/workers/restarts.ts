// A worker that ends again and again must not take the machine with it.
const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 5_000;
// A worker that lived longer has not failed for the reason of the one before.
const LONG_LIFE_MS = 60_000;
const MAX_FAILED_STARTS = 5;

/** How a worker ended. */
export interface WorkerEnd {
  /** Whether it came to serve. */
  readonly hasServed: boolean;
  readonly livedMs: number;
}

/** Decides when the place of a worker that ended is taken by another. */
export class Restarts {
  #failedStarts = 0;
  #shortLives = 0;

  /** @returns milliseconds to wait before the next start; `null` when there is no sense in another */
  after({ hasServed, livedMs }: WorkerEnd): number | null {
    this.#failedStarts = hasServed ? 0 : this.#failedStarts + 1;
    if (this.#failedStarts >= MAX_FAILED_STARTS) return null;
    this.#shortLives = livedMs < LONG_LIFE_MS ? this.#shortLives + 1 : 1;
    return Math.min(FIRST_DELAY_MS * 2 ** (this.#shortLives - 1), MAX_DELAY_MS);
  }
}
