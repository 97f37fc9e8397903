/** Bounds how long the keys of all reads in flight are together, in characters. */
export class KeyBudget {
  readonly #maxLength: number;
  #length = 0;

  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  /** @returns `false`, with nothing taken, when there is no room for the key */
  tryTake(key: string): boolean {
    if (this.#length + key.length > this.#maxLength) return false;
    this.#length += key.length;
    return true;
  }

  giveBack(key: string): void {
    this.#length -= key.length;
  }
}
