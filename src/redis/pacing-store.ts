import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { PacedCall, QuotaPart } from '../http/pacing/pacing.ts';
import { type Allowance, allowancesOf, type QuotaShares } from '../http/pacing/quota-shares.ts';
import { CANCEL, ENTER, RECORD, REPORT, THROTTLE } from './pacing-scripts.ts';
import type { SharedRedis } from './shared-redis.ts';

/** What a call is told by all replicas together. */
export interface SharedTurn {
  /** `null` when it has not started. */
  readonly part: QuotaPart | null;
  readonly waitMs: number;
  /** Whether it is to come back, and not to wait. */
  readonly isRefused: boolean;
  readonly isKept: boolean;
}

/** What is known of all replicas at one moment. */
export interface SharedUse {
  readonly replicas: number;
  /** For how long the window has been open since a 429; negative while it is closed. */
  readonly openForMs: number;
  /** Calls of each part that count, and those whose time to start has come. */
  readonly occupied: QuotaShares;
}

// The version of what the keys hold.
const PREFIX = 'scg:pace:1:';

const turnReply = Compile(Type.Tuple([Type.Integer(), Type.Number(), Type.Integer(), Type.Integer()]));
const useReply = Compile(Type.Tuple([Type.Integer(), Type.Number(), Type.Integer(), Type.Integer()]));

/** The window of one upstream account in Redis. Every method throws when Redis does not answer as it should. */
export class PacingStore {
  readonly #redis: SharedRedis;
  readonly #prefix: string;
  readonly #windowMs: number;

  /** @param scope names the upstream and what opens it: nothing is shared with other ones */
  constructor(redis: SharedRedis, scope: string, windowMs: number) {
    this.#redis = redis;
    this.#prefix = `${PREFIX}${scope}:`;
    this.#windowMs = windowMs;
  }

  async enter(call: PacedCall, shares: QuotaShares): Promise<SharedTurn> {
    const allowances = allowancesOf(call.priority, shares);
    const { id, caller, key, maxDurationMs, patienceMs, priority } = call;
    const reply = await this.#redis.run(
      ENTER,
      [this.#pause, ...allowances.flatMap(({ part }) => this.#partKeys(part))],
      id,
      caller,
      key,
      this.#windowMs,
      Math.ceil(maxDurationMs),
      Math.floor(patienceMs),
      priority === 'background' ? 0 : 1,
      ...allowances.map(({ capacity }) => capacity),
    );
    if (!turnReply.Check(reply)) throw new Error('Redis gave a turn that cannot be read');
    const [index, waitMs, isRefused, isKept] = reply;
    return { part: partAt(index, allowances), waitMs, isRefused: isRefused === 1, isKept: isKept === 1 };
  }

  /** Has calls count for so long from now on; 0 for one that does not count. */
  async record(part: QuotaPart, calls: ReadonlyMap<string, number>): Promise<void> {
    const pairs = [...calls].flatMap(([id, leftMs]) => [id, Math.ceil(leftMs)]);
    if (pairs.length > 0) await this.#redis.run(RECORD, [`${this.#prefix}${part}`], this.#windowMs, ...pairs);
  }

  async cancel({ id, caller, key }: PacedCall): Promise<void> {
    const slots = [...this.#partKeys('reads'), ...this.#partKeys('writes')].filter(
      (_, index) => index % 2 === 1,
    );
    await this.#redis.run(CANCEL, slots, id, caller, key);
  }

  async throttled(pauseMs: number): Promise<void> {
    await this.#redis.run(THROTTLE, [this.#pause], Math.ceil(pauseMs), this.#windowMs);
  }

  /** Tells the others that this replica is there. @param lifetimeMs until it counts as gone */
  async report(replica: string, lifetimeMs: number): Promise<SharedUse> {
    const keys = [this.#pause, ...this.#partKeys('reads'), ...this.#partKeys('writes')];
    const replicas = `${this.#prefix}replicas`;
    const reply = await this.#redis.run(REPORT, [replicas, ...keys], replica, lifetimeMs, this.#windowMs);
    if (!useReply.Check(reply)) throw new Error('Redis gave a use that cannot be read');
    const [count, openForMs, reads, writes] = reply;
    return { replicas: count, openForMs, occupied: { reads, writes } };
  }

  get #pause(): string {
    return `${this.#prefix}pause`;
  }

  #partKeys(part: QuotaPart): readonly [calls: string, slots: string] {
    return [`${this.#prefix}${part}`, `${this.#prefix}${part}:slots`];
  }
}

function partAt(index: number, allowances: readonly Allowance[]): QuotaPart | null {
  return allowances[index - 1]?.part ?? null;
}
