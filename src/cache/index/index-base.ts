import type { Result } from '../../shared/result.ts';
import type { IndexEntry, IndexedItem, TooLarge } from './index-kind.ts';
import { applyPatch, idOf, mayMoveRows, type Patch, type TimedPatch } from './patch.ts';
import type { RecordSet } from './record-set.ts';

/** When a walk took place, on the monotonic clock. */
export interface WalkTimes {
  /** What a write had done before is in what was read. */
  readonly beganAt: number;
  /** What was told before was applied to what was read. */
  readonly knownAt: number;
  /** What a write did after cannot have moved a row. */
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
  // What was known before and is not there: deleted, or missed. `null` where nothing was known.
  readonly #missing: Set<string> | null;
  // Records of which nobody knows what a write has made of them.
  readonly #doubtful = new Set<string>();
  readonly #ttlMs: number;
  #expiresAt: number;
  #refreshAt: number;

  /** @param previous what was kept before; `null` for nothing */
  constructor(
    content: Result<RecordSet<Entry>, TooLarge>,
    times: WalkTimes,
    ttlMs: number,
    previous: IndexBase<Entry> | null,
  ) {
    this.content = content;
    this.times = times;
    this.#ttlMs = ttlMs;
    this.#missing = missingOf(content, previous);
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
    const wasKnown = toldAt < this.times.knownAt;
    if (this.records) applyPatch(this.records, patch, toEntry);
    this.#noteDoubt(patch.patch, wasKnown);
    if (wasKnown) return true;
    // A walk that did not know of a write before its end may have missed a row over it.
    const wasDuringWalk = endedAt - tookMs < this.times.endedAt && mayMoveRows(patch.patch);
    return idOf(patch.patch) !== null && !(wasDuringWalk && this.#mayLackRows);
  }

  #noteDoubt(patch: Patch<IndexedItem>, wasKnown: boolean): void {
    const id = idOf(patch);
    if (id === null) return;
    if (patch.kind === 'removed') this.#missing?.delete(id);
    if (patch.kind !== 'unknown') this.#doubtful.delete(id);
    else if (!wasKnown) this.#doubtful.add(id);
  }

  get #mayLackRows(): boolean {
    return this.#missing === null || this.#missing.size > 0;
  }

  /** Lets it hold longer than its time: the walk has taken long, and callers were told to come back for it. */
  keepUntil(moment: number): void {
    this.#expiresAt = Math.max(this.#expiresAt, moment);
  }

  /** Lets it expire when a write can no longer arrive, unless that was so before the walk began. */
  expireBy(settledAt: number): void {
    if (settledAt > this.times.beganAt) this.#expiresAt = Math.min(this.#expiresAt, settledAt);
  }

  /** Called when it cannot be trusted any more. */
  drop(): void {
    this.#expiresAt = Number.NEGATIVE_INFINITY;
  }

  /** Called when an attempt to walk again has failed. */
  postponeRefresh(): void {
    this.#refreshAt = performance.now() + this.#ttlMs * TRY_AGAIN_AFTER;
  }
}

function missingOf<Entry extends IndexEntry>(
  content: Result<RecordSet<Entry>, TooLarge>,
  previous: IndexBase<Entry> | null,
): Set<string> | null {
  const known = previous?.records;
  return content.ok && known ? new Set(content.value.missingOf(known)) : null;
}
