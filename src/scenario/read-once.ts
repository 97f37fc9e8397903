/** Reads of one request: each key is read once. */
export class ReadOnce<Value> {
  // Most requests read one thing: a table is made for the second.
  #first: { readonly key: string; readonly value: Promise<Value> } | null = null;
  #others: Map<string, Promise<Value>> | null = null;

  read(key: string, start: () => Promise<Value>): Promise<Value> {
    const known = this.#first?.key === key ? this.#first.value : this.#others?.get(key);
    if (known) return known;
    const value = start();
    if (this.#first === null) this.#first = { key, value };
    else {
      this.#others ??= new Map();
      this.#others.set(key, value);
    }
    return value;
  }

  /** Called when a write has changed what would be read. */
  clear(): void {
    this.#first = null;
    this.#others = null;
  }
}
