import { type Choice, chooseSlot, type Slot } from './choose-slot.ts';
import type { PacedCall } from './pacing.ts';
import { GRACE_MS, MAX_WINDOWS_AHEAD } from './slot-rules.ts';

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
  // By the calls that they were given to, the earliest first.
  #slots: readonly Slot[] = [];

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /**
   * Starts a call, if it may start now.
   * @param opensAt no call starts before
   * @returns what it gets: it has started where it may do so not later than now
   */
  enter(call: PacedCall, capacity: number, now: number, opensAt: number): Choice {
    this.#forget(now);
    const releases = this.#sortedReleases(now);
    const state = { now, opensAt, windowMs: this.#windowMs, capacity, releases, slots: this.#slots };
    const choice = chooseSlot(call, state);
    if (choice.at > now) return choice;
    if (choice.own !== null) this.cancel(choice.own.id);
    this.start(call.id);
    return choice;
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
   * Keeps the slot that was chosen for a call.
   * @returns `false` when it is too far ahead to be kept
   */
  keep({ id, caller, key }: PacedCall, { at, kind, own }: Choice, now: number): boolean {
    if (own !== null) this.cancel(own.id);
    if (kind === 'told' && at - now > MAX_WINDOWS_AHEAD * this.#windowMs) return false;
    this.#slots = [...this.#slots, { id, caller, key, at, kind }].toSorted((one, other) => one.at - other.at);
    return true;
  }

  /** @param wasSent whether the upstream may have counted it */
  end(id: string, wasSent: boolean, now: number): void {
    if (wasSent) this.#releases.set(id, now + this.#windowMs);
    else this.#releases.delete(id);
  }

  cancel(id: string): void {
    this.#slots = this.#slots.filter((slot) => slot.id !== id);
  }

  /** Calls that count now, and those whose time to start has come. */
  occupied(now: number): number {
    this.#forget(now);
    const due = this.#slots.filter(({ kind, at }) => kind !== 'standby' && at <= now);
    return this.#releases.size + due.length;
  }

  #forget(now: number): void {
    for (const [id, release] of this.#releases) if (release <= now) this.#releases.delete(id);
    this.#slots = this.#slots.filter(({ at }) => at + GRACE_MS > now);
  }

  #sortedReleases(now: number): number[] {
    const latest = now + this.#windowMs;
    return [...this.#releases.values()].map((at) => Math.min(at, latest)).toSorted((a, b) => a - b);
  }
}
