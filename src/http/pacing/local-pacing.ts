import { CallLog } from './call-log.ts';
import type { CallsLeft, PacedCall, Pacing, QuotaPart, Turn } from './pacing.ts';
import { type Allowance, allowancesOf, type QuotaShares } from './quota-shares.ts';
import { spreadWait } from './slot-rules.ts';

/** Paces the calls of this process alone. */
export class LocalPacing implements Pacing {
  readonly #windowMs: number;
  readonly #random: () => number;
  readonly #logs: Readonly<Record<QuotaPart, CallLog>>;
  #opensAt = 0;
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
    let next: { readonly allowance: Allowance; readonly at: number } | null = null;
    for (const allowance of allowancesOf(call.priority, this.shares)) {
      const { part, capacity } = allowance;
      const at = this.#logs[part].enter(call, capacity, now, this.#opensAt);
      if (at <= now) return this.#started(call, part);
      if (next === null || at < next.at) next = { allowance, at };
    }
    return next
      ? this.#wait(call, next.allowance, next.at, now)
      : { kind: 'refused', retryAfterMs: this.#windowMs };
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

  pause(forMs: number): void {
    this.#opensAt = Math.max(this.#opensAt, Math.ceil(performance.now() + forMs));
  }

  callsLeft(): CallsLeft {
    if (performance.now() < this.#opensAt) return { read: 0, write: 0 };
    const read = Math.max(0, this.shares.reads - this.occupied('reads'));
    return { read, write: read + Math.max(0, this.shares.writes - this.occupied('writes')) };
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

  #wait(call: PacedCall, { part, capacity }: Allowance, at: number, now: number): Turn {
    const waitMs = Math.ceil(at - now);
    // Who is last keeps nobody else waiting.
    if (call.priority === 'background') return { kind: 'refused', retryAfterMs: waitMs };
    const isAwaited = waitMs <= call.patienceMs;
    this.cancel(call);
    const isKept = this.#logs[part].keep(call, at, isAwaited, capacity, now);
    if (isAwaited) return { kind: 'waits', waitMs };
    const retryAfterMs = isKept ? waitMs : spreadWait(waitMs, this.#windowMs, this.#random);
    return { kind: 'refused', retryAfterMs };
  }
}
