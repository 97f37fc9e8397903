const SHARE_OF_CALLS = 0.2;
const FLOOR = 3;

/** Bounds how many calls may be in a retry at once, so that retries can't multiply an outage. */
export class RetryBudget {
  #calls = 0;
  #retrying = 0;

  enterCall(): void {
    this.#calls += 1;
  }

  leaveCall(): void {
    this.#calls -= 1;
  }

  /** Takes a place for one retry; `false` where more than 20 % of the calls in flight (at least 3) would retry. */
  tryEnterRetry(): boolean {
    if (this.#retrying + 1 > Math.max(FLOOR, this.#calls * SHARE_OF_CALLS)) return false;
    this.#retrying += 1;
    return true;
  }

  leaveRetry(): void {
    this.#retrying -= 1;
  }
}
