import { CallLog } from './call-log.ts';
import type { CallsLeft, PacedCall, Pacing, Priority, Turn } from './pacing.ts';
import { backgroundShare, type QuotaShares } from './quota-shares.ts';

/** A part of the quota that a call may use. */
interface Lane {
  readonly log: CallLog;
  readonly capacity: number;
}

/** Paces the calls of this process alone. */
export class LocalPacing implements Pacing {
  readonly #windowMs: number;
  readonly #random: () => number;
  readonly #reads: CallLog;
  readonly #writes: CallLog;
  #opensAt = 0;
  /** What may be used now. */
  shares: QuotaShares;

  /** @param random uniform in [0, 1), spreads those for whom no slot is kept */
  constructor(shares: QuotaShares, windowMs: number, random: () => number = Math.random) {
    this.shares = shares;
    this.#windowMs = windowMs;
    this.#random = random;
    this.#reads = new CallLog(windowMs);
    this.#writes = new CallLog(windowMs);
  }

  enter(call: PacedCall): Turn {
    const now = performance.now();
    let next: { readonly lane: Lane; readonly at: number } | null = null;
    for (const lane of this.#lanesFor(call.priority)) {
      const at = lane.log.enter(call, lane.capacity, now, this.#opensAt);
      if (at <= now) return this.#started(call, lane);
      if (next === null || at < next.at) next = { lane, at };
    }
    return next
      ? this.#wait(call, next.lane, next.at, now)
      : { kind: 'refused', retryAfterMs: this.#windowMs };
  }

  cancel({ id }: PacedCall): void {
    this.#reads.cancel(id);
    this.#writes.cancel(id);
  }

  pause(forMs: number): void {
    this.#opensAt = Math.max(this.#opensAt, performance.now() + forMs);
  }

  callsLeft(): CallsLeft {
    const now = performance.now();
    if (now < this.#opensAt) return { read: 0, write: 0 };
    const read = Math.max(0, this.shares.reads - this.#reads.occupied(now));
    return { read, write: read + Math.max(0, this.shares.writes - this.#writes.occupied(now)) };
  }

  #lanesFor(priority: Priority): readonly Lane[] {
    const { reads, writes } = this.shares;
    const lanes = [
      { log: this.#writes, capacity: priority === 'write' ? writes : 0 },
      { log: this.#reads, capacity: priority === 'background' ? backgroundShare(reads) : reads },
    ];
    return lanes.filter(({ capacity }) => capacity > 0);
  }

  #started(call: PacedCall, { log }: Lane): Turn {
    this.cancel(call);
    return { kind: 'started', end: (wasSent) => log.end(call.id, wasSent, performance.now()) };
  }

  #wait(call: PacedCall, { log, capacity }: Lane, at: number, now: number): Turn {
    const waitMs = Math.ceil(at - now);
    // Who is last keeps nobody else waiting.
    if (call.priority === 'background') return { kind: 'refused', retryAfterMs: waitMs };
    const isAwaited = waitMs <= call.patienceMs;
    // It may have waited in the other part.
    this.cancel(call);
    const isKept = log.keep(call, at, isAwaited, capacity, now);
    if (isAwaited) return { kind: 'waits', waitMs };
    return { kind: 'refused', retryAfterMs: isKept ? waitMs : this.#spread(waitMs) };
  }

  // So that they do not come back at one moment.
  #spread(waitMs: number): number {
    return waitMs + Math.ceil(this.#random() * this.#windowMs);
  }
}
