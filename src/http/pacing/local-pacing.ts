import { CallLog } from './call-log.ts';
import type { Choice } from './choose-slot.ts';
import type { CallsLeft, PacedCall, Pacing, QuotaPart, Turn } from './pacing.ts';
import { allowancesOf, type QuotaShares } from './quota-shares.ts';
import { capacityAfterPause, spreadWait } from './slot-rules.ts';

/** What a call gets in the part that has room first. */
interface Waiting {
  readonly part: QuotaPart;
  readonly choice: Choice;
}

/** Paces the calls of this process alone. */
export class LocalPacing implements Pacing {
  readonly #windowMs: number;
  readonly #random: () => number;
  readonly #logs: Readonly<Record<QuotaPart, CallLog>>;
  // When the window opens again, or has done so, after a 429.
  #opensAt = Number.NEGATIVE_INFINITY;
  /** What may be used now. */
  shares: QuotaShares;

  /** @param random uniform in [0, 1), spreads those for whom no slot is kept */
  constructor(shares: QuotaShares, windowMs: number, random: () => number = Math.random) {
    this.shares = shares;
    this.#windowMs = windowMs;
    this.#random = random;
    this.#logs = { reads: new CallLog(windowMs), writes: new CallLog(windowMs) };
  }

  enter(call: PacedCall): Turn {
    const now = performance.now();
    let next: Waiting | null = null;
    for (const allowance of allowancesOf(call.priority, this.shares)) {
      const capacity = this.#afterPause(allowance.capacity, now);
      const choice = this.#logs[allowance.part].enter(call, capacity, now, this.#opensAt);
      if (choice.at <= now) return this.#started(call, allowance.part);
      if (next === null || choice.at < next.choice.at) next = { part: allowance.part, choice };
    }
    return next ? this.#wait(call, next, now) : { kind: 'refused', retryAfterMs: this.#windowMs };
  }

  /** Counts a call that others have let start. */
  start(call: PacedCall, part: QuotaPart): Turn {
    this.#logs[part].start(call.id);
    return this.#started(call, part);
  }

  cancel({ id }: PacedCall): void {
    this.#logs.reads.cancel(id);
    this.#logs.writes.cancel(id);
  }

  throttled(pauseMs: number): void {
    this.#opensAt = Math.max(this.#opensAt, Math.ceil(performance.now() + pauseMs));
  }

  callsLeft(): CallsLeft {
    const now = performance.now();
    if (now < this.#opensAt) return { read: 0, write: 0 };
    const left = (part: QuotaPart): number =>
      Math.max(0, this.#afterPause(this.shares[part], now) - this.occupied(part));
    const read = left('reads');
    return { read, write: read + left('writes') };
  }

  /** Calls of a part that count now, and those whose time to start has come. */
  occupied(part: QuotaPart): number {
    return this.#logs[part].occupied(performance.now());
  }

  /** For how long each call of a part will go on to count, in milliseconds. */
  countingFor(part: QuotaPart): ReadonlyMap<string, number> {
    return this.#logs[part].countingFor(performance.now());
  }

  close(): void {}

  #started(call: PacedCall, part: QuotaPart): Turn {
    // It may have waited in the other part.
    this.cancel(call);
    const end = (wasSent: boolean): void => this.#logs[part].end(call.id, wasSent, performance.now());
    return { kind: 'started', part, end };
  }

  #wait(call: PacedCall, { part, choice }: Waiting, now: number): Turn {
    const waitMs = Math.ceil(choice.at - now);
    // Who is last keeps nobody else waiting.
    if (call.priority === 'background') return { kind: 'refused', retryAfterMs: waitMs };
    this.cancel(call);
    const isKept = this.#logs[part].keep(call, choice, now);
    if (choice.kind !== 'told') return { kind: 'waits', waitMs };
    const retryAfterMs = isKept ? waitMs : spreadWait(waitMs, this.#windowMs, this.#random);
    return { kind: 'refused', retryAfterMs };
  }

  #afterPause(capacity: number, now: number): number {
    return capacityAfterPause(capacity, now - this.#opensAt, this.#windowMs);
  }
}
