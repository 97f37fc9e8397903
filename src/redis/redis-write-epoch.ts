import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { WriteEpoch } from '../cache/write-epoch.ts';
import type { Logger } from '../shared/logger.ts';
import type { RedisConnection } from './connect-redis.ts';

const PREFIX = 'scg:epoch:2:';
const RETURN_RETRY_MS = 100;
// With the one command that timed out before, a request is 100 ms late at most.
const SECOND_WAIT_MS = 20;

/**
 * One epoch for all replicas, so that each write is seen through every replica at once. While Redis is away, this
 * replica has generations of its own.
 *
 * A epoch is a name that was never used before, not a number: a Redis that lost its data, or fell back to an
 * older copy of it, can't count to a number a second time.
 */
export class RedisWriteEpoch implements WriteEpoch {
  readonly #redis: Redis;
  readonly #returned: () => void;
  readonly #key: string;
  readonly #logger: Logger;
  // This replica's own epoch while Redis is away; `null` while the shared one is trusted.
  #own: string | null = null;
  #isReturning = false;
  #isReported = false;

  /** @param scope names the upstream and what opens it: other ones have generations of their own */
  constructor({ redis, returned }: RedisConnection, scope: string, logger: Logger) {
    this.#redis = redis;
    this.#returned = returned;
    this.#key = PREFIX + scope;
    this.#logger = logger;
    if (redis.status !== 'ready') this.#own = randomUUID();
    redis.on('close', () => this.suspend());
    redis.on('ready', () => void this.#return());
  }

  /** Whether this replica is on its own. */
  get isAway(): boolean {
    return this.#own !== null;
  }

  current(): string | Promise<string> {
    return this.#own ?? this.#ask();
  }

  /** Tells every replica; one that can't be told now is told before this replica trusts the shared epoch again. */
  async advance(): Promise<void> {
    if (this.#own === null) {
      if (await this.#tell()) return;
      // What was kept while Redis was waited for is older than the write.
      this.#own = randomUUID();
    } else {
      this.#own = randomUUID();
      // It may have been only one command that was late.
      await Promise.race([this.#tell(), delay(SECOND_WAIT_MS, false, { ref: false })]);
    }
    void this.#return();
  }

  /** Goes on alone: called when Redis did not answer. Nobody waits for it until it has taken a new epoch. */
  suspend(): string {
    this.#own ??= randomUUID();
    void this.#return();
    return this.#own;
  }

  async #ask(): Promise<string> {
    try {
      return (await this.#redis.get(this.#key)) ?? (await this.#begin());
    } catch {
      return this.suspend();
    }
  }

  async #begin(): Promise<string> {
    await this.#redis.set(this.#key, randomUUID(), 'NX');
    return (await this.#redis.get(this.#key)) ?? this.suspend();
  }

  /** Begins a new epoch for all replicas, and trusts it if nothing has failed or been written meanwhile. */
  async #tell(): Promise<boolean> {
    const own = this.#own;
    try {
      // Each try has a name of its own: one that comes late must not bring back what an earlier one began.
      await this.#redis.set(this.#key, randomUUID());
    } catch (err) {
      this.#report(err);
      return false;
    }
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
    while (this.#own !== null && this.#redis.status === 'ready') {
      if (!(await this.#tell())) await delay(RETURN_RETRY_MS, null, { ref: false });
    }
    this.#isReturning = false;
  }

  // The loss of the connection is in the log already; that a Redis which is there refuses to write is not.
  #report(err: unknown): void {
    if (this.#isReported || !(err instanceof Error) || err.name !== 'ReplyError') return;
    this.#isReported = true;
    this.#logger.warn({ err }, 'Redis takes no writes: what replicas share is off');
  }
}
