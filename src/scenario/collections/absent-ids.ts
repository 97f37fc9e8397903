const MAX_IDS = 10_000;
const KEPT_MS = 600_000;

/** Ids that were asked for and do not exist for this account: for a while they are not asked for again. */
export class AbsentIds {
  // When each may be asked for again, on the monotonic clock. The oldest stand first.
  readonly #until = new Map<string, number>();

  has(id: string): boolean {
    return (this.#until.get(id) ?? 0) > performance.now();
  }

  add(id: string): void {
    this.#until.delete(id);
    this.#until.set(id, performance.now() + KEPT_MS);
    const [oldest] = this.#until.keys();
    if (oldest !== undefined && this.#until.size > MAX_IDS) this.#until.delete(oldest);
  }
}
