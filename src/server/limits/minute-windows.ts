import { LRUCache } from 'lru-cache';

export const WINDOW_MS = 60_000;

// The least recently used are forgotten beyond that: some 2 MB.
const MAX_KEYS = 10_000;

/** What became of an attempt to take from a budget. */
export interface Taken {
  readonly isWithin: boolean;
  readonly remaining: number;
  /** Until the whole budget is there again. */
  readonly resetMs: number;
}

/** The minute in which a key has used this much. */
export interface MinuteWindow {
  used: number;
  /** By the monotonic clock: a wall clock that jumps changes nothing. */
  readonly endsAt: number;
}

/** Counts by key in windows of a minute, each of which begins with the first that is taken in it. Bounded. */
export class MinuteWindows {
  readonly #limit: number;
  readonly #windows = new LRUCache<string, MinuteWindow>({ max: MAX_KEYS });

  /** @param limit most that may be taken for a key in a minute */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes this much if it is left, and nothing otherwise. `window` is where it was taken from. */
  take(key: string, amount: number): Taken & { readonly window: MinuteWindow } {
    const now = performance.now();
    const window = this.#present(key, now);
    const isWithin = window.used + amount <= this.#limit;
    if (isWithin) window.used += amount;
    const remaining = Math.max(0, this.#limit - window.used);
    // The sum may have been rounded up.
    const resetMs = Math.min(WINDOW_MS, Math.ceil(window.endsAt - now));
    return { isWithin, remaining, resetMs, window };
  }

  /** Takes this much whether it is left or not. */
  force(key: string, amount: number): void {
    this.#present(key, performance.now()).used += amount;
  }

  #present(key: string, now: number): MinuteWindow {
    const known = this.#windows.get(key);
    if (known && known.endsAt > now) return known;
    const window = { used: 0, endsAt: now + WINDOW_MS };
    this.#windows.set(key, window);
    return window;
  }
}
