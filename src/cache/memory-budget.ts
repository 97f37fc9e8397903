/** A store that counts against a budget. */
interface BudgetedStore {
  /** What it holds. */
  readonly bytes: number;
  /** Drops what was of no use for the longest time. */
  dropOldest(): void;
}

/** Bounds what several stores hold together. */
export class MemoryBudget {
  readonly maxBytes: number;
  readonly #stores: BudgetedStore[] = [];

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  add(store: BudgetedStore): void {
    this.#stores.push(store);
  }

  /** Called when something was added to a store: the largest of them makes room. */
  enforce(): void {
    let excess = this.#bytes - this.maxBytes;
    while (excess > 0) {
      this.#stores.reduce((largest, store) => (store.bytes > largest.bytes ? store : largest)).dropOldest();
      excess = this.#bytes - this.maxBytes;
    }
  }

  get #bytes(): number {
    return this.#stores.reduce((sum, store) => sum + store.bytes, 0);
  }
}
