// Clocks of stores are read in whole milliseconds.
const RESOLUTION_MS = 1;

/** The clock of a store, as one of its answers tells it: when on the monotonic clock of this process something was at the soonest and at the latest. */
export class StoreClock {
  readonly #readAt: number;
  readonly #askedAt: number;
  readonly #answeredAt: number;

  /**
   * @param readAt when the store has answered, on its own clock
   * @param askedAt when it was asked, and `answeredAt` when the answer was there, on the clock of this process
   */
  constructor(readAt: number, askedAt: number, answeredAt: number) {
    this.#readAt = readAt;
    this.#askedAt = askedAt;
    this.#answeredAt = answeredAt;
  }

  soonest(at: number): number {
    return this.#askedAt + (at - this.#readAt) - RESOLUTION_MS;
  }

  latest(at: number): number {
    return this.#answeredAt + (at - this.#readAt) + RESOLUTION_MS;
  }
}
