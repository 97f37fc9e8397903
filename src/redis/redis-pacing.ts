import { randomUUID } from 'node:crypto';
import { LocalPacing } from '../http/pacing/local-pacing.ts';
import type { CallsLeft, PacedCall, Pacing, QuotaPart, Turn } from '../http/pacing/pacing.ts';
import type { QuotaShares } from '../http/pacing/quota-shares.ts';
import { capacityAfterPause, spreadWait } from '../http/pacing/slot-rules.ts';
import { OwnShare } from './own-share.ts';
import { PacingStore, type SharedUse } from './pacing-store.ts';
import type { SharedRedis } from './shared-redis.ts';

/** What is paced. Durations are in milliseconds. */
export interface RedisPacingOptions {
  /** What all replicas together may use. */
  readonly shares: QuotaShares;
  readonly windowMs: number;
  /** How long an attempt takes at most. */
  readonly attemptMs: number;
}

/** Redis, and whether it is to be asked. */
export interface PacingRedis {
  readonly redis: SharedRedis;
  /** Whether Redis did not answer lately: then it is not asked. */
  readonly isAway: () => boolean;
  /** Called when Redis did not answer. */
  readonly suspend: () => void;
}

const REPORTS_A_WINDOW = 60;
const LIFETIME_REPORTS = 15;
// A command may be late once. Whoever has to know soon whether it was more waits so long.
const DOUBT_MS = 500;
const RETRY_MS = 100;

/**
 * Paces the calls of all replicas together, in one window in Redis. Its own calls each replica also counts for itself: while
 * Redis is away it goes on with a share of its own, and for a window after the return, until all have told what they did.
 */
export class RedisPacing implements Pacing {
  readonly #options: RedisPacingOptions;
  readonly #away: PacingRedis;
  readonly #store: PacingStore;
  readonly #local: LocalPacing;
  readonly #share: OwnShare;
  readonly #replica = randomUUID().slice(0, 8);
  readonly #timer: NodeJS.Timeout;
  // Since when Redis does not answer; `null` while it does.
  #doubtSince: number | null = null;
  // Until when it goes on alone, on the monotonic clock; without an end while Redis is away.
  #aloneUntil = 0;
  #isReporting = false;
  // Whether Redis may have forgotten what was told to it.
  #hasForgotten = false;
  // Until when calls count that others have made before they were lost from sight.
  #settlesAt = 0;
  #sharesAtLoss: QuotaShares;
  #left: CallsLeft;

  /** @param scope names the upstream and what opens it: nothing is shared with other ones */
  constructor(away: PacingRedis, scope: string, options: RedisPacingOptions) {
    const { shares, windowMs } = options;
    this.#options = options;
    this.#away = away;
    this.#store = new PacingStore(away.redis, scope, windowMs);
    this.#local = new LocalPacing(shares, windowMs);
    this.#share = new OwnShare(shares);
    this.#sharesAtLoss = shares;
    this.#left = { read: shares.reads, write: shares.reads + shares.writes };
    away.redis.onLoss(() => {
      this.#hasForgotten = true;
      this.#lose();
    });
    if (away.isAway()) this.#lose();
    void this.#report();
    this.#timer = setInterval(() => void this.#report(), windowMs / REPORTS_A_WINDOW).unref();
  }

  async enter(asked: PacedCall): Promise<Turn> {
    const call = { ...asked, id: this.#nameOf(asked) };
    if (!this.#isAlone() && !this.#isInDoubt()) {
      try {
        return await this.#enterShared(call);
      } catch {
        this.#away.suspend();
      }
    }
    const mayWait = call.patienceMs > RETRY_MS && call.priority !== 'background';
    if (mayWait && !this.#isAlone() && this.#isInDoubt()) return { kind: 'waits', waitMs: RETRY_MS };
    return this.#enterAlone(call);
  }

  cancel(asked: PacedCall): void {
    const call = { ...asked, id: this.#nameOf(asked) };
    this.#local.cancel(call);
    this.#tell(() => this.#store.cancel(call));
  }

  throttled(pauseMs: number): void {
    this.#local.throttled(pauseMs);
    this.#tell(() => this.#store.throttled(pauseMs));
  }

  callsLeft(): CallsLeft {
    return this.#isAlone() ? this.#local.callsLeft() : this.#left;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #enterShared(call: PacedCall): Promise<Turn> {
    const { shares, windowMs } = this.#options;
    const { part, waitMs, isRefused, isKept } = await this.#store.enter(call, shares);
    if (part !== null) return this.#recorded(call, this.#local.start(call, part));
    if (!isRefused) return { kind: 'waits', waitMs };
    const isLast = call.priority === 'background';
    const retryAfterMs = isKept || isLast ? waitMs : spreadWait(waitMs, windowMs, Math.random);
    return { kind: 'refused', retryAfterMs };
  }

  #enterAlone(call: PacedCall): Turn {
    if (!this.#isAlone()) this.#lose();
    const isSettled = performance.now() >= this.#settlesAt;
    this.#local.shares = isSettled ? this.#share.equal() : this.#sharesAtLoss;
    const turn = this.#local.enter(call);
    if (turn.kind !== 'started') return turn;
    this.#record(turn.part, call.id, call.maxDurationMs + this.#options.windowMs);
    return this.#recorded(call, turn);
  }

  /** Tells the others of the end of a call. */
  #recorded({ id }: PacedCall, turn: Turn): Turn {
    if (turn.kind !== 'started') return turn;
    const end = (wasSent: boolean): void => {
      turn.end(wasSent);
      this.#record(turn.part, id, wasSent ? this.#options.windowMs : 0);
    };
    return { ...turn, end };
  }

  #record(part: QuotaPart, id: string, leftMs: number): void {
    this.#tell(() => this.#store.record(part, new Map([[id, leftMs]])));
  }

  /** Nobody waits for it. What is lost so is told on the return of Redis. */
  #tell(send: () => Promise<void>): void {
    if (this.#away.isAway()) return;
    send().catch(() => this.#away.suspend());
  }

  #isAlone(): boolean {
    const isBack = this.#aloneUntil === Number.POSITIVE_INFINITY && !this.#away.isAway();
    if (isBack) void this.#report();
    return performance.now() < this.#aloneUntil;
  }

  /** Whether Redis does not answer, and it may be a moment only. */
  #isInDoubt(): boolean {
    if (!this.#away.isAway()) {
      this.#doubtSince = null;
      return false;
    }
    this.#doubtSince ??= performance.now();
    if (performance.now() - this.#doubtSince > DOUBT_MS) this.#lose();
    return true;
  }

  #lose(): void {
    const { windowMs, attemptMs } = this.#options;
    const now = performance.now();
    if (now >= this.#aloneUntil) {
      this.#settlesAt = now + windowMs + attemptMs;
      const ownUse = { reads: this.#local.occupied('reads'), writes: this.#local.occupied('writes') };
      this.#sharesAtLoss = this.#share.atLoss(ownUse);
    }
    this.#aloneUntil = Number.POSITIVE_INFINITY;
  }

  async #report(): Promise<void> {
    if (this.#isReporting || this.#away.isAway()) return;
    this.#isReporting = true;
    try {
      if (this.#aloneUntil === Number.POSITIVE_INFINITY) await this.#return();
      const lifetimeMs = (this.#options.windowMs / REPORTS_A_WINDOW) * LIFETIME_REPORTS;
      const use = await this.#store.report(this.#replica, lifetimeMs);
      this.#share.hear(use, !this.#isAlone());
      this.#left = leftOf(this.#options, use);
    } catch {
      this.#away.suspend();
    } finally {
      this.#isReporting = false;
    }
  }

  /** Tells the others what it has done alone. Where Redis has forgotten, it goes on alone until they have done so too. */
  async #return(): Promise<void> {
    for (const part of ['reads', 'writes'] as const)
      await this.#store.record(part, this.#local.countingFor(part));
    const { windowMs, attemptMs } = this.#options;
    this.#aloneUntil = performance.now() + (this.#hasForgotten ? windowMs + attemptMs : 0);
    this.#hasForgotten = false;
  }

  // Calls of other replicas have the same numbers.
  #nameOf({ id }: PacedCall): string {
    return `${this.#replica}-${id}`;
  }
}

function leftOf({ shares, windowMs }: RedisPacingOptions, { occupied, openForMs }: SharedUse): CallsLeft {
  if (openForMs < 0) return { read: 0, write: 0 };
  const left = (part: QuotaPart): number =>
    Math.max(0, capacityAfterPause(shares[part], openForMs, windowMs) - occupied[part]);
  const read = left('reads');
  return { read, write: read + left('writes') };
}
