import type { PacedCall } from './pacing.ts';
import { planSlot } from './plan-slot.ts';
import { GRACE_MS, MAX_WINDOWS_AHEAD, SLACK_MS } from './slot-rules.ts';

/** A slot that is kept for a call. */
interface KeptSlot {
  readonly at: number;
  /** Of who was told to come back for it; `null` while the call itself waits. */
  readonly key: string | null;
}

// The end of a call that is under way is not known: it counts for a window from now on at least.
const UNDER_WAY = Number.POSITIVE_INFINITY;

/**
 * The calls that count in one part of the quota, each until a window after its end, and the slots of those that wait: a
 * sliding log. Moments are in milliseconds on the monotonic clock.
 */
export class CallLog {
  readonly #windowMs: number;
  // When each call ceases to count.
  readonly #releases = new Map<string, number>();
  readonly #slots = new Map<string, KeptSlot>();

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /**
   * Starts a call, if it may start now.
   * @param opensAt no call starts before
   * @returns when it may start: not later than now where it has
   */
  enter(call: PacedCall, capacity: number, now: number, opensAt: number): number {
    this.#forget(now);
    const own = this.#ownSlot(call, now);
    const from = Math.max(now, opensAt);
    const slot = own === null ? this.#plan(from, capacity, now) : this.#next(own, from, capacity, now);
    if (slot > now) return slot;
    if (own !== null) this.#slots.delete(own);
    this.start(call.id);
    return now;
  }

  /** Counts a call, whether there is room for it or not. */
  start(id: string): void {
    this.#releases.set(id, UNDER_WAY);
  }

  /** For how long each call that counts now will go on to; a whole window for one that is under way. */
  countingFor(now: number): ReadonlyMap<string, number> {
    this.#forget(now);
    return new Map([...this.#releases].map(([id, at]) => [id, Math.min(at - now, this.#windowMs)]));
  }

  /**
   * Keeps this slot for the call, in the place of one that it has had.
   * @param isAwaited whether the call waits for it, or was told to come back
   * @returns `false` when no more slots are kept
   */
  keep(call: PacedCall, at: number, isAwaited: boolean, capacity: number, now: number): boolean {
    const own = this.#ownSlot(call, now);
    if (own !== null) this.#slots.delete(own);
    if (!isAwaited && this.#slots.size >= capacity * MAX_WINDOWS_AHEAD) return false;
    this.#slots.set(call.id, { at, key: isAwaited ? null : call.key });
    return true;
  }

  /** @param wasSent whether the upstream may have counted it */
  end(id: string, wasSent: boolean, now: number): void {
    if (wasSent) this.#releases.set(id, now + this.#windowMs);
    else this.#releases.delete(id);
  }

  cancel(id: string): void {
    this.#slots.delete(id);
  }

  /** Calls that count now, and those whose time to start has come. */
  occupied(now: number): number {
    this.#forget(now);
    const due = [...this.#slots.values()].filter(({ at }) => at <= now);
    return this.#releases.size + due.length;
  }

  #forget(now: number): void {
    for (const [id, release] of this.#releases) if (release <= now) this.#releases.delete(id);
    for (const [id, { at }] of this.#slots) if (at + GRACE_MS <= now) this.#slots.delete(id);
  }

  // What it waits for, or what was kept for who made the same call before.
  #ownSlot({ id, key }: PacedCall, now: number): string | null {
    if (this.#slots.has(id)) return id;
    for (const [other, slot] of this.#slots) if (slot.key === key && slot.at <= now) return other;
    return null;
  }

  #plan(from: number, capacity: number, now: number): number {
    const state = { windowMs: this.#windowMs, capacity, releases: this.#sortedReleases(now) };
    const kept = [...this.#slots.values()];
    const late = kept.map(({ at, key }) => (key === null || at <= now ? at : at + SLACK_MS));
    const soonest = planSlot(from, { ...state, slots: late.toSorted(ascending) });
    if (soonest <= now) return soonest;
    return planSlot(from, { ...state, slots: kept.map(({ at }) => at).toSorted(ascending) });
  }

  // A call before it may have taken longer than was thought.
  #next(own: string, from: number, capacity: number, now: number): number {
    const at = Math.max(from, this.#slots.get(own)?.at ?? from);
    if (this.#releases.size < capacity) return at;
    return Math.max(at, this.#sortedReleases(now)[this.#releases.size - capacity] ?? at);
  }

  #sortedReleases(now: number): number[] {
    const latest = now + this.#windowMs;
    return [...this.#releases.values()].map((at) => Math.min(at, latest)).toSorted(ascending);
  }
}

function ascending(one: number, other: number): number {
  return one - other;
}
