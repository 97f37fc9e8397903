import { ShortLivedMap } from '../shared/short-lived-map.ts';
import type { CallScope } from './call.ts';
import type { Failure } from './failure.ts';
import { SharedTimer } from './shared-timer.ts';

interface Waiter {
  readonly isWrite: boolean;
  /** Place in the order of arrival. */
  readonly turn: number;
  /** On the monotonic clock: later it could not be served in time. */
  readonly giveUpAt: number;
  /** @param failure `null` when it has its slot */
  end(failure: Failure | null): void;
}

// Before the first call has ended; a guess that the first few calls correct.
const INITIAL_SERVICE_MS = 50;
const SMOOTHING = 0.1;
const WRITE_SHARE = 1 / 8;
// Whom the estimate lets in must be served in fact: a call that is cut off by its deadline has cost a slot for nothing.
const MARGIN = 1.25;

/** A fixed number of slots with a queue before them that refuses whom it can't serve in time. */
export class Bulkhead {
  readonly #slots: number;
  readonly #writeSlots: number;
  #reads = 0;
  #writes = 0;
  #turns = 0;
  #serviceMs = INITIAL_SERVICE_MS;
  // By their turn, so in the order of arrival.
  readonly #waitingReads = new ShortLivedMap<number, Waiter>();
  readonly #waitingWrites = new ShortLivedMap<number, Waiter>();
  // Goes off when the first of those who wait may have to be refused.
  readonly #timer = new SharedTimer((now) => this.#rejectExpired(now));

  /** @param slots most calls at once; an eighth of them is kept free of reads, so that writes get through a flood */
  constructor(slots: number) {
    this.#slots = slots;
    this.#writeSlots = slots === 1 ? 0 : Math.ceil(slots * WRITE_SHARE);
  }

  /** Calls that wait for a slot. */
  get waiting(): number {
    return this.#waitingReads.size + this.#waitingWrites.size;
  }

  /** Calls that hold a slot. */
  get inUse(): number {
    return this.#reads + this.#writes;
  }

  /** Whether nobody waits, and half of the slots are free. */
  get isHalfEmpty(): boolean {
    return this.waiting === 0 && this.inUse * 2 <= this.#slots;
  }

  /** Takes a slot when one is free at once. */
  tryEnter(isWrite: boolean): boolean {
    if (!this.#hasSlot(isWrite)) return false;
    if (isWrite) this.#writes += 1;
    else this.#reads += 1;
    return true;
  }

  /** Waits for a slot; resolves with `null` when it is taken, with the failure when it can't be had in time. */
  enter(isWrite: boolean, scope: CallScope): Promise<Failure | null> {
    if (scope.signal.aborted) return Promise.resolve({ kind: 'cancelled', sent: false });
    const waitMs = this.#estimateWaitMs(isWrite);
    const maxWaitMs = scope.deadline.remainingMs - this.#serviceMs * MARGIN;
    if (waitMs * MARGIN > maxWaitMs) return Promise.resolve(overloaded(waitMs));
    return new Promise((resolve) => {
      const queue = isWrite ? this.#waitingWrites : this.#waitingReads;
      this.#turns += 1;
      const turn = this.#turns;
      const onAbort = (): void => end({ kind: 'cancelled', sent: false });
      const end = (failure: Failure | null): void => {
        queue.delete(turn);
        scope.signal.removeEventListener('abort', onAbort);
        resolve(failure);
      };
      scope.signal.addEventListener('abort', onAbort);
      const giveUpAt = performance.now() + maxWaitMs;
      queue.set(turn, { isWrite, turn, giveUpAt, end });
      this.#timer.goOffBy(giveUpAt);
    });
  }

  /**
   * Gives the slot back.
   * @param durationMs how long the call took
   * @param isWhole whether it ran to its end; one that was cut short says only that a call may take longer
   */
  leave(isWrite: boolean, durationMs: number, isWhole: boolean): void {
    if (isWhole || durationMs > this.#serviceMs)
      this.#serviceMs += SMOOTHING * (durationMs - this.#serviceMs);
    if (isWrite) this.#writes -= 1;
    else this.#reads -= 1;
    const next = this.#next();
    if (next && this.tryEnter(next.isWrite)) next.end(null);
  }

  // Refuses those who can't be served in time any more, and sets the timer for the next.
  #rejectExpired(now: number): void {
    for (const queue of [this.#waitingReads, this.#waitingWrites])
      for (const { isWrite, giveUpAt, end } of queue.values()) {
        if (giveUpAt <= now) end(overloaded(this.#estimateWaitMs(isWrite)));
        else this.#timer.goOffBy(giveUpAt);
      }
  }

  #hasSlot(isWrite: boolean): boolean {
    if (this.inUse >= this.#slots) return false;
    return isWrite || this.#reads < this.#readSlots;
  }

  get #readSlots(): number {
    return this.#slots - this.#writeSlots;
  }

  // Whoever came first; only a write may take a slot that is kept for writes.
  #next(): Waiter | null {
    const read = this.#waitingReads.first();
    const write = this.#waitingWrites.first();
    if (!read || !this.#hasSlot(false)) return write;
    return write && write.turn < read.turn ? write : read;
  }

  #estimateWaitMs(isWrite: boolean): number {
    const [ahead, slots] = isWrite
      ? [this.#waitingWrites.size, Math.max(this.#writeSlots, this.#slots - this.#reads)]
      : [this.#waitingReads.size, this.#readSlots];
    return ((ahead + 1) * this.#serviceMs) / Math.max(1, slots);
  }
}

function overloaded(waitMs: number): Failure {
  return { kind: 'overloaded', retryAfterMs: Math.ceil(waitMs) };
}
