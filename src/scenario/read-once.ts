/** Reads of one request: each key is read once. */
export class ReadOnce<Value> {
  // Most requests read one list, and then one page of it.
  #reads: Map<string, Promise<Value>> | null = null;

  read(key: string, start: () => Promise<Value>): Promise<Value> {
    const known = this.#reads?.get(key);
    if (known) return known;
    const value = start();
    this.#reads ??= new Map();
    this.#reads.set(key, value);
    return value;
  }

  /** Called when a write has changed what would be read. */
  clear(): void {
    this.#reads = null;
  }
}
