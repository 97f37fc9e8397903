import { LRUCache } from 'lru-cache';
import type { MemoryBudget } from './memory-budget.ts';
import { sizeInBytes } from './size-in-bytes.ts';
import type { Copy } from './stale-copy.ts';
import type { Epoch, WriteEpoch } from './write-epoch.ts';

/** A value in a cache. */
export interface KeptEntry<Value> extends Copy<Value> {
  /** Name of the epoch in which it was read. */
  readonly epoch: string;
}

/** Is told of all that a cache holds. */
export interface KeptWatcher<Value> {
  kept(entry: KeptEntry<Value>): void;
  dropped(entry: KeptEntry<Value>): void;
}

// What the cache itself needs for an entry.
const BOOKKEEPING_BYTES = 160;

/** Keeps values in memory for a time, and never beyond the epoch in which they were read. */
export class TimedCache<Value extends {}> {
  readonly #epoch: WriteEpoch;
  readonly #ttlMs: number;
  readonly #budget: MemoryBudget;
  readonly #watcher: KeptWatcher<Value> | null;
  readonly #entries: LRUCache<string, KeptEntry<Value>>;
  #sweptAt = performance.now();

  /**
   * @param ttlMs how old a value may be
   * @param budget bounds it together with other caches
   */
  constructor(
    epoch: WriteEpoch,
    ttlMs: number,
    budget: MemoryBudget,
    watcher: KeptWatcher<Value> | null = null,
  ) {
    this.#epoch = epoch;
    this.#ttlMs = ttlMs;
    this.#budget = budget;
    this.#watcher = watcher;
    this.#entries = new LRUCache({
      ttl: ttlMs,
      // As it is at each moment, so that tests may set it.
      perf: { now: () => performance.now() },
      maxSize: budget.maxBytes,
      sizeCalculation: (entry, key) => BOOKKEEPING_BYTES + sizeInBytes(key) + sizeInBytes(entry),
      ...(watcher && { dispose: (entry: KeptEntry<Value>) => watcher.dropped(entry) }),
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
  find(key: string, epoch: Epoch): KeptEntry<Value> | null {
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
    const entry = { value, epoch: epoch.name, readAt: performance.now() - ageMs };
    this.#entries.set(key, entry, { ttl });
    // One that is too large is not there.
    if (this.#watcher && this.#entries.peek(key) === entry) this.#watcher.kept(entry);
    this.#sweep();
    this.#budget.enforce();
  }

  // What is too old and never asked for again would stay until the budget is used up.
  #sweep(): void {
    const now = performance.now();
    if (now - this.#sweptAt < this.#ttlMs) return;
    this.#sweptAt = now;
    this.#entries.purgeStale();
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  /** The epoch to ask and to keep with. */
  epoch(): Epoch | Promise<Epoch> {
    return this.#epoch.current();
  }
}
