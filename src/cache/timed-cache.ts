import { LRUCache } from 'lru-cache';
import type { Epoch, WriteEpoch } from './write-epoch.ts';

interface Entry<Value> {
  readonly value: Value;
  /** Name of the epoch in which it was read. */
  readonly epoch: string;
  /** When the read of it began, on the monotonic clock. */
  readonly readAt: number;
}

/** Keeps values in memory for a time, and never beyond the epoch in which they were read. */
export class TimedCache<Value extends {}> {
  readonly #epoch: WriteEpoch;
  readonly #ttlMs: number;
  readonly #entries: LRUCache<string, Entry<Value>>;

  /**
   * @param ttlMs how old a value may be
   * @param maxSize bound of the sum of what `sizeOf` gives
   */
  constructor(epoch: WriteEpoch, ttlMs: number, maxSize: number, sizeOf: (value: Value) => number) {
    this.#epoch = epoch;
    this.#ttlMs = ttlMs;
    this.#entries = new LRUCache({
      ttl: ttlMs,
      maxSize,
      sizeCalculation: ({ value }, key) => sizeOf(value) + key.length + 1,
    });
  }

  /** The value, unless a write has invalidated it. @param epoch as it was told when the request for it began */
  get(key: string, epoch: Epoch): Value | null {
    return this.find(key, epoch)?.value ?? null;
  }

  /** The value as `get` gives it, with the moment at which the read of it began. */
  find(key: string, epoch: Epoch): Entry<Value> | null {
    const entry = this.#entries.get(key);
    return entry?.epoch === epoch.name ? entry : null;
  }

  /**
   * Keeps nothing that was read while a write of unknown outcome could still arrive.
   * @param epoch as it was before the value was read: a write since then keeps it from being used
   * @param ageMs how long ago the read of the value began
   */
  set(key: string, epoch: Epoch, value: Value, ageMs: number): void {
    const ttl = Math.floor(this.#ttlMs - ageMs);
    if (ttl <= 0 || !epoch.isSettled) return;
    this.#entries.set(key, { value, epoch: epoch.name, readAt: performance.now() - ageMs }, { ttl });
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  /** The epoch to ask and to keep with. */
  epoch(): Epoch | Promise<Epoch> {
    return this.#epoch.current();
  }
}
