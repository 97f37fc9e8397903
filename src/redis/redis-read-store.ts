import { createHash } from 'node:crypto';
import type { ReadStore, StoredText } from '../cache/read-memory.ts';
import { isErrorReply } from './redis-fault.ts';
import type { RedisWriteEpoch } from './redis-write-epoch.ts';
import type { SharedRedis } from './shared-redis.ts';

// The version of what the values look like.
const PREFIX = 'scg:read:2:';
// Of texts that Redis has not confirmed yet: what is more is not stored.
const MAX_UNCONFIRMED_LENGTH = 8 * 1_048_576;
// Longer than any value that is stored.
const MAX_BYTES = 2_097_152;

const READ = `
return {ARGV[1], redis.call('PTTL', KEYS[1]), redis.call('GETRANGE', KEYS[1], 0, ARGV[2])}`;
const STORE = `
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return {ARGV[1]}`;

/** How much was sent to Redis, and not confirmed yet. */
export interface UnconfirmedTexts {
  length: number;
}

/** Keeps what replicas read in Redis. Where a key is written again, the newer value takes the place of the older. */
export class RedisReadStore implements ReadStore {
  readonly #redis: SharedRedis;
  readonly #epoch: RedisWriteEpoch;
  readonly #prefix: string;
  readonly #unconfirmed: UnconfirmedTexts;

  /**
   * @param epoch knows whether Redis is away, and is told when it does not answer
   * @param scope names the upstream and what opens it: nothing is shared with other ones
   * @param unconfirmed of all stores together
   */
  constructor(
    redis: SharedRedis,
    epoch: RedisWriteEpoch,
    scope: string,
    unconfirmed: UnconfirmedTexts = { length: 0 },
  ) {
    this.#redis = redis;
    this.#epoch = epoch;
    this.#unconfirmed = unconfirmed;
    this.#prefix = `${PREFIX}${scope}:`;
  }

  get(key: string): null | Promise<StoredText | null> {
    return this.#epoch.isAway ? null : this.#get(this.#nameOf(key));
  }

  set(key: string, text: string, ttlMs: number): void {
    if (this.#epoch.isAway || this.#unconfirmed.length + text.length > MAX_UNCONFIRMED_LENGTH) return;
    this.#unconfirmed.length += text.length;
    void this.#set(this.#nameOf(key), text, ttlMs).finally(() => {
      this.#unconfirmed.length -= text.length;
    });
  }

  async #set(name: string, text: string, ttlMs: number): Promise<void> {
    try {
      await this.#redis.run(STORE, [name], text, ttlMs);
    } catch (error) {
      // It may be stored late, and last longer than it may: nobody asks for it in the next epoch.
      this.#note(error);
    }
  }

  async #get(name: string): Promise<StoredText | null> {
    try {
      const [leftMs, text] = await this.#redis.run(READ, [name], MAX_BYTES);
      return typeof leftMs === 'number' && leftMs > 0 && typeof text === 'string' ? { text, leftMs } : null;
    } catch (error) {
      this.#note(error);
      return null;
    }
  }

  // A Redis that answers, though not with what was asked for, is not away.
  #note(error: unknown): void {
    if (!isErrorReply(error)) this.#epoch.suspend();
  }

  // Paths hold page tokens of any length.
  #nameOf(key: string): string {
    return this.#prefix + createHash('sha256').update(key).digest('base64url');
  }
}
