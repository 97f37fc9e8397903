interface Slot<Value> {
  value: Value | null;
}

/**
 * A map whose entries come and go with requests. What is deleted from it lets go of its value at once.
 *
 * V8 gives a Map a new table whenever deletions have filled the present one. The old table keeps its entries and points
 * to the new one: once it has grown old, whatever was in the map while it was replaced survives every minor collection.
 * With requests as values that was most of what garbage collection cost.
 */
export class ShortLivedMap<Key extends string | number, Value extends {}> {
  readonly #slots = new Map<Key, Slot<Value>>();

  get size(): number {
    return this.#slots.size;
  }

  get(key: Key): Value | null {
    return this.#slots.get(key)?.value ?? null;
  }

  set(key: Key, value: Value): void {
    const slot = this.#slots.get(key);
    if (slot) slot.value = value;
    else this.#slots.set(key, { value });
  }

  delete(key: Key): void {
    const slot = this.#slots.get(key);
    if (!slot) return;
    slot.value = null;
    this.#slots.delete(key);
  }

  /** The value that was added first, of those that are left. */
  first(): Value | null {
    for (const { value } of this.#slots.values()) return value;
    return null;
  }

  *values(): Generator<Value> {
    for (const { value } of this.#slots.values()) if (value !== null) yield value;
  }
}
