import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { ReadStore, StoredText } from '../cache/read-memory.ts';
import type { RedisWriteEpoch } from './redis-write-epoch.ts';

// The version of what the values look like.
const PREFIX = 'scg:read:1:';

/** Keeps what replicas read in Redis. Where a key is written again, the newer value takes the place of the older. */
export class RedisReadStore implements ReadStore {
  readonly #redis: Redis;
  readonly #epoch: RedisWriteEpoch;
  readonly #prefix: string;

  /**
   * @param epoch knows whether Redis is there, and is told when it is not
   * @param scope names the upstream and what opens it: nothing is shared with other ones
   */
  constructor(redis: Redis, epoch: RedisWriteEpoch, scope: string) {
    this.#redis = redis;
    this.#epoch = epoch;
    this.#prefix = `${PREFIX}${scope}:`;
  }

  get(key: string): null | Promise<StoredText | null> {
    return this.#epoch.isAway ? null : this.#get(this.#nameOf(key));
  }

  set(key: string, text: string, ttlMs: number): void {
    if (this.#epoch.isAway) return;
    this.#redis.set(this.#nameOf(key), text, 'PX', ttlMs).catch((error: unknown) => {
      const isAnswer = error instanceof Error && error.name === 'ReplyError';
      // It may be stored late, and last longer than it may: nobody asks for it in the next epoch.
      if (!isAnswer) this.#epoch.suspend();
    });
  }

  async #get(name: string): Promise<StoredText | null> {
    try {
      // In this order what is left is never more than the text has, also when it is replaced in between.
      const [leftMs, text] = await Promise.all([this.#redis.pttl(name), this.#redis.get(name)]);
      return text !== null && leftMs > 0 ? { text, leftMs } : null;
    } catch {
      this.#epoch.suspend();
      return null;
    }
  }

  // Paths hold page tokens of any length.
  #nameOf(key: string): string {
    return this.#prefix + createHash('sha256').update(key).digest('base64url');
  }
}
