import type { Result } from '../../shared/result.ts';
import type { IndexEntry, TooLarge } from './index-kind.ts';
import type { RecordSet } from './record-set.ts';

/** When a walk took place, on the monotonic clock. */
export interface WalkTimes {
  readonly beganAt: number;
  readonly endedAt: number;
}

// Shares of the time for which a walk holds.
const REFRESH_FROM = 0.8;
const TRY_AGAIN_AFTER = 0.1;

/** What a walk has brought, as it is kept. Times are in milliseconds, on the monotonic clock. */
export class IndexBase<Entry extends IndexEntry> {
  readonly content: Result<RecordSet<Entry>, TooLarge>;
  readonly endedAt: number;
  /** Whether it was asked for when it was there. */
  isUsed = false;
  // Records of which nobody knows what a write has made of them.
  readonly #doubtful = new Set<string>();
  readonly #ttlMs: number;
  #expiresAt: number;
  #refreshAt: number;

  constructor(content: Result<RecordSet<Entry>, TooLarge>, { beganAt, endedAt }: WalkTimes, ttlMs: number) {
    this.content = content;
    this.endedAt = endedAt;
    this.#ttlMs = ttlMs;
    this.#expiresAt = beganAt + ttlMs;
    this.#refreshAt = beganAt + ttlMs * REFRESH_FROM;
  }

  get records(): RecordSet<Entry> | null {
    return this.content.ok ? this.content.value : null;
  }

  get isUsable(): boolean {
    return performance.now() < this.#expiresAt && this.#doubtful.size === 0;
  }

  /** How long until it is worth to be walked again before it expires. */
  get refreshesInMs(): number {
    return this.#refreshAt - performance.now();
  }

  /** Called when a write may have changed a record, and nobody knows. */
  doubt(id: string): void {
    this.#doubtful.add(id);
  }

  /** Called when it is known again. */
  settle(id: string): void {
    this.#doubtful.delete(id);
  }

  expireBy(time: number): void {
    this.#expiresAt = Math.min(this.#expiresAt, time);
  }

  /** Called when an attempt to walk again has failed. */
  postponeRefresh(): void {
    this.#refreshAt = performance.now() + this.#ttlMs * TRY_AGAIN_AFTER;
  }
}
