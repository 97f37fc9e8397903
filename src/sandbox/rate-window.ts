const WINDOW_MS = 60_000;

/** Counts calls in fixed windows of one minute; a window opens with the first call after the former one. */
export class RateWindow {
  #openedAt = -Infinity;
  #calls = 0;

  /** Counts a call; gives the seconds to wait when it is one too many, else `undefined`. */
  count(perMinute: number, now: number = Date.now()): number | undefined {
    if (now - this.#openedAt >= WINDOW_MS) {
      this.#openedAt = now;
      this.#calls = 0;
    }
    this.#calls += 1;
    return this.#calls > perMinute ? Math.ceil((this.#openedAt + WINDOW_MS - now) / 1000) : undefined;
  }
}
