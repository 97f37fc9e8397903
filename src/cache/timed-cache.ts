import { LRUCache } from 'lru-cache';
import type { MemoryBudget } from './memory-budget.ts';
import { sizeInBytes } from './size-in-bytes.ts';
import type { Epoch, WriteEpoch } from './write-epoch.ts';

interface Entry<Value> {
  readonly value: Value;
  /** Name of the epoch in which it was read. */
  readonly epoch: string;
  /** When the read of it began, on the monotonic clock. */
  readonly readAt: number;
}

// What the cache itself needs for an entry.
const BOOKKEEPING_BYTES = 160;

/** Keeps values in memory for a time, and never beyond the epoch in which they were read. */
export class TimedCache<Value extends {}> {
  readonly #epoch: WriteEpoch;
  readonly #ttlMs: number;
  readonly #budget: MemoryBudget;
  readonly #entries: LRUCache<string, Entry<Value>>;

  /**
   * @param ttlMs how old a value may be
   * @param budget bounds it together with other caches
   */
  constructor(epoch: WriteEpoch, ttlMs: number, budget: MemoryBudget) {
    this.#epoch = epoch;
    this.#ttlMs = ttlMs;
    this.#budget = budget;
    this.#entries = new LRUCache({
      ttl: ttlMs,
      // As it is at each moment, so that tests may set it.
      perf: { now: () => performance.now() },
      maxSize: budget.maxBytes,
      sizeCalculation: (entry, key) => BOOKKEEPING_BYTES + sizeInBytes(key) + sizeInBytes(entry),
    });
    budget.add(this);
  }

  get bytes(): number {
    return this.#entries.calculatedSize;
  }

  dropOldest(): void {
    this.#entries.pop();
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
    this.#budget.enforce();
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  /** The epoch to ask and to keep with. */
  epoch(): Epoch | Promise<Epoch> {
    return this.#epoch.current();
  }
}
