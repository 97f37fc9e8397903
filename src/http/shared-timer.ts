/**
 * One timer for many waits: goes off when the earliest of the times that it was told has come. Nearly all waits end before
 * their time, and a timer for each costs more than the rest of waiting.
 */
export class SharedTimer {
  readonly #onTime: (now: number) => void;
  #timer: NodeJS.Timeout | undefined;
  #goesOffAt = Number.POSITIVE_INFINITY;

  /** @param onTime looks whose time has come, and tells the timer the times of the others again */
  constructor(onTime: (now: number) => void) {
    this.#onTime = onTime;
  }

  /** @param time on the monotonic clock */
  goOffBy(time: number): void {
    if (time >= this.#goesOffAt) return;
    this.stop();
    this.#goesOffAt = time;
    this.#timer = setTimeout(() => this.#goOff(), Math.ceil(time - performance.now())).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#goesOffAt = Number.POSITIVE_INFINITY;
  }

  #goOff(): void {
    // Timers of Node may be up to a millisecond early.
    const now = Math.max(performance.now(), this.#goesOffAt);
    this.#goesOffAt = Number.POSITIVE_INFINITY;
    this.#onTime(now);
  }
}
