const MIN_RESERVE_MS = 500;
const RESERVED_SHARE = 0.1;

/** The moment by which an operation must have answered, on the monotonic clock. */
export class Deadline {
  /** Milliseconds at its end that a write leaves to the read which settles it. */
  readonly reserveMs: number;
  readonly #expiresAt: number;

  /** @param budgetMs milliseconds from now */
  constructor(budgetMs: number, reserveMs = Math.max(MIN_RESERVE_MS, budgetMs * RESERVED_SHARE)) {
    this.#expiresAt = performance.now() + budgetMs;
    this.reserveMs = reserveMs;
  }

  /** Milliseconds that are left, never below 0. */
  get remainingMs(): number {
    return Math.max(0, this.#expiresAt - performance.now());
  }

  get passed(): boolean {
    return this.remainingMs === 0;
  }

  /** Whether a write may start again, so that time stays to read what became of it. */
  get allowsRepeat(): boolean {
    return this.remainingMs > this.reserveMs;
  }

  /** Ends before the reserve does; where that would leave less than the reserve, it is this deadline. */
  beforeReserve(): Deadline {
    const budgetMs = this.remainingMs - this.reserveMs;
    return budgetMs > this.reserveMs ? new Deadline(budgetMs, 0) : this;
  }
}
