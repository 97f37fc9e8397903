import { randomUUID } from 'node:crypto';
import type { Epoch, WriteEpoch } from '../cache/write-epoch.ts';
import type { Logger } from '../shared/logger.ts';
import type { RedisConnection } from './connect-redis.ts';
import { BEGIN_EPOCH, decodeEpoch, FIRST_EPOCH, READ_EPOCH } from './epoch-scripts.ts';
import { pause } from './pause.ts';
import { isErrorReply, reasonOf } from './redis-fault.ts';
import type { SharedRedis } from './shared-redis.ts';

const PREFIX = 'scg:epoch:3:';
const RETURN_RETRY_MS = 100;
// With the one command that timed out before, a request is 100 ms late at most.
const SECOND_WAIT_MS = 20;

/**
 * One epoch for all replicas, so that each write is seen through every replica at once. While Redis is away, this
 * replica has epochs of its own.
 *
 * An epoch is a name that was never used before, not a number: a Redis that lost its data, or fell back to an older
 * copy of it, cannot count to a number a second time.
 */
export class RedisWriteEpoch implements WriteEpoch {
  readonly #redis: SharedRedis;
  readonly #returned: () => void;
  readonly #key: string;
  readonly #unsettledMs: number;
  readonly #logger: Logger;
  // Name of this replica's own epoch while Redis is away; `null` while the shared one is trusted.
  #own: string | null = null;
  // When nothing of this replica's own writes can arrive upstream any more, on the monotonic clock.
  #settlesAt = 0;
  #isReturning = false;
  #isReported = false;

  /**
   * @param scope names the upstream and what opens it: other ones have epochs of their own
   * @param unsettledMs how long after its end a write whose outcome is unknown may still arrive
   */
  constructor({ redis, returned }: RedisConnection, scope: string, unsettledMs: number, logger: Logger) {
    this.#redis = redis;
    this.#returned = returned;
    this.#key = PREFIX + scope;
    this.#unsettledMs = unsettledMs;
    this.#logger = logger;
    if (!redis.isConnected) this.#own = randomUUID();
    redis.onLoss(() => this.suspend());
    redis.onConnected(() => void this.#return());
  }

  /** Whether this replica is on its own. */
  get isAway(): boolean {
    return this.#own !== null;
  }

  current(): Epoch | Promise<Epoch> {
    return this.#own === null ? this.#ask() : this.#ownEpoch(this.#own);
  }

  /** Tells every replica; one that cannot be told now is told before this replica trusts the shared epoch again. */
  async advance(isSettled: boolean): Promise<void> {
    if (!isSettled) this.#settlesAt = performance.now() + this.#unsettledMs;
    if (this.#own === null) {
      if (await this.#tell()) return;
      // What was kept while Redis was waited for is older than the write.
      this.#own = randomUUID();
    } else {
      this.#own = randomUUID();
      // It may have been only one command that was late.
      await Promise.race([this.#tell(), pause(SECOND_WAIT_MS)]);
    }
    void this.#return();
  }

  /** Goes on alone: called when Redis did not answer. Nobody waits for it until it has taken a new epoch. */
  suspend(): Epoch {
    this.#own ??= randomUUID();
    void this.#return();
    return this.#ownEpoch(this.#own);
  }

  #ownEpoch(name: string): Epoch {
    return { name, isSettled: this.#unsettledLeftMs === 0 };
  }

  get #unsettledLeftMs(): number {
    return Math.max(0, Math.ceil(this.#settlesAt - performance.now()));
  }

  async #ask(): Promise<Epoch> {
    try {
      const [stored, nowMs] = await this.#redis.run(READ_EPOCH, [this.#key]);
      const epoch = stored === null ? await this.#begin() : decodeEpoch(stored, nowMs);
      return epoch ?? this.suspend();
    } catch {
      return this.suspend();
    }
  }

  async #begin(): Promise<Epoch | null> {
    const [stored, nowMs] = await this.#redis.run(FIRST_EPOCH, [this.#key], randomUUID());
    return decodeEpoch(stored, nowMs);
  }

  /** Begins a new epoch for all replicas, and trusts it if nothing has failed or been written meanwhile. */
  async #tell(): Promise<boolean> {
    const own = this.#own;
    try {
      // Each try has a name of its own: one that comes late must not bring back what an earlier one began.
      await this.#redis.run(BEGIN_EPOCH, [this.#key], randomUUID(), this.#unsettledLeftMs);
    } catch (error) {
      this.#report(error);
      return false;
    }
    if (this.#isReported) this.#logger.info({}, 'Redis takes writes again');
    this.#isReported = false;
    if (own !== null && this.#own === own) {
      this.#own = null;
      this.#returned();
    }
    return true;
  }

  /** Tries until the shared epoch can be trusted, as long as Redis is connected. */
  async #return(): Promise<void> {
    if (this.#isReturning) return;
    this.#isReturning = true;
    while (this.#own !== null && this.#redis.isConnected) {
      if (!(await this.#tell())) await pause(RETURN_RETRY_MS);
    }
    this.#isReturning = false;
  }

  // The loss of the connection is in the log already; that a Redis which is reachable refuses to write is not.
  #report(error: unknown): void {
    if (this.#isReported || !isErrorReply(error)) return;
    this.#isReported = true;
    this.#logger.warn({ reason: reasonOf(error) }, 'Redis takes no writes: what replicas share is off');
  }
}
