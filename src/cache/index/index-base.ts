import type { Result } from '../../shared/result.ts';
import type { IndexEntry, IndexedItem, TooLarge } from './index-kind.ts';
import { applyPatch, idOf, mayMoveRows, type TimedPatch } from './patch.ts';
import type { RecordSet } from './record-set.ts';

/** When a walk took place, on the monotonic clock. */
export interface WalkTimes {
  readonly beganAt: number;
  readonly endedAt: number;
}

/** What it takes to apply patches. */
interface PatchRules<Item, Entry extends IndexEntry> {
  readonly toEntry: (item: Item) => Entry;
  /** How long after its end a write whose outcome is unknown may still arrive upstream, in milliseconds. */
  readonly unsettledMs: number;
}

// Shares of the time for which a walk holds.
const REFRESH_FROM = 0.8;
const TRY_AGAIN_AFTER = 0.1;

/** What a walk has brought, as it is kept. Times are in milliseconds, on the monotonic clock. */
export class IndexBase<Entry extends IndexEntry> {
  readonly content: Result<RecordSet<Entry>, TooLarge>;
  readonly times: WalkTimes;
  /** Whether it was asked for when it was there. */
  isUsed = false;
  // Records of which nobody knows what a write has made of them.
  readonly #doubtful = new Set<string>();
  readonly #ttlMs: number;
  #expiresAt: number;
  #refreshAt: number;

  constructor(content: Result<RecordSet<Entry>, TooLarge>, times: WalkTimes, ttlMs: number) {
    this.content = content;
    this.times = times;
    this.#ttlMs = ttlMs;
    this.#expiresAt = times.beganAt + ttlMs;
    this.#refreshAt = times.beganAt + ttlMs * REFRESH_FROM;
  }

  get records(): RecordSet<Entry> | null {
    return this.content.ok ? this.content.value : null;
  }

  get isUsable(): boolean {
    return performance.now() < this.#expiresAt && this.#doubtful.size === 0;
  }

  get expiresAt(): number {
    return this.#expiresAt;
  }

  /** How long until it is worth to be walked again before it expires. */
  get refreshesInMs(): number {
    return this.#refreshAt - performance.now();
  }

  /**
   * Takes what a write has done, unless the walk has seen it.
   * @returns whether what the walk has brought can still be trusted
   */
  take<Item extends IndexedItem>(
    patch: TimedPatch<Item>,
    { toEntry, unsettledMs }: PatchRules<Item, Entry>,
  ): boolean {
    const { isSettled, tookMs, endedAt, toldAt } = patch;
    if (!isSettled) this.expireBy(endedAt + unsettledMs);
    if (endedAt < this.times.beganAt) return true;
    const id = idOf(patch.patch);
    const wasKnown = toldAt < this.times.endedAt;
    // A walk that did not know of a write before its end may have missed a row over it.
    const wasDuringWalk = endedAt - tookMs < this.times.endedAt && mayMoveRows(patch.patch);
    if (!wasKnown && (id === null || wasDuringWalk)) return false;
    if (id === null) return true;
    if (patch.patch.kind !== 'unknown') this.#doubtful.delete(id);
    else if (!wasKnown) this.#doubtful.add(id);
    if (this.records) applyPatch(this.records, patch, toEntry);
    return true;
  }

  /** Lets it expire when a write can no longer arrive, unless that was so before the walk began. */
  expireBy(settledAt: number): void {
    if (settledAt > this.times.beganAt) this.#expiresAt = Math.min(this.#expiresAt, settledAt);
  }

  /** Called when an attempt to walk again has failed. */
  postponeRefresh(): void {
    this.#refreshAt = performance.now() + this.#ttlMs * TRY_AGAIN_AFTER;
  }
}
