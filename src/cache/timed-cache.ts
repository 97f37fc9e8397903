import { LRUCache } from 'lru-cache';
import type { WriteEpoch } from './write-epoch.ts';

interface Entry<Value> {
  readonly value: Value;
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

  /** The value, unless a write has made it old. @param generation as it was told when the request for it began */
  get(key: string, epoch: string): Value | null {
    return this.find(key, epoch)?.value ?? null;
  }

  /** The value as `get` gives it, with the moment at which the read of it began. */
  find(key: string, epoch: string): Entry<Value> | null {
    const entry = this.#entries.get(key);
    return entry?.epoch === epoch ? entry : null;
  }

  /**
   * @param epoch as it was before the value was read: a write since then keeps it from being used
   * @param ageMs how long ago the read of the value began
   */
  set(key: string, epoch: string, value: Value, ageMs: number): void {
    const ttl = Math.floor(this.#ttlMs - ageMs);
    if (ttl <= 0) return;
    this.#entries.set(key, { value, epoch, readAt: performance.now() - ageMs }, { ttl });
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  /** The epoch to ask and to keep with. */
  epoch(): string | Promise<string> {
    return this.#epoch.current();
  }
}
