/** The moment by which an operation must have answered, on the monotonic clock. */
export class Deadline {
  readonly #expiresAt: number;

  /** @param budgetMs milliseconds from now */
  constructor(budgetMs: number) {
    this.#expiresAt = performance.now() + budgetMs;
  }

  /** Milliseconds that are left, never below 0. */
  get remainingMs(): number {
    return Math.max(0, this.#expiresAt - performance.now());
  }

  get passed(): boolean {
    return this.remainingMs === 0;
  }
}
