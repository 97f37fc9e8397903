import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { ReadStore, StoredText } from '../scenario/read-memory.ts';
import type { RedisGeneration } from './redis-generation.ts';

// The version of what the values look like.
const PREFIX = 'scg:read:1:';

/** Keeps what replicas read in Redis. Where a key is written again, the newer value takes the place of the older. */
export class RedisReadStore implements ReadStore {
  readonly #redis: Redis;
  readonly #generation: RedisGeneration;
  readonly #prefix: string;

  /**
   * @param generation knows whether Redis is there, and is told when it is not
   * @param scope names the upstream and what opens it: nothing is shared with other ones
   */
  constructor(redis: Redis, generation: RedisGeneration, scope: string) {
    this.#redis = redis;
    this.#generation = generation;
    this.#prefix = `${PREFIX}${scope}:`;
  }

  get(key: string): null | Promise<StoredText | null> {
    return this.#generation.isAway ? null : this.#get(this.#nameOf(key));
  }

  set(key: string, text: string, ttlMs: number): void {
    if (this.#generation.isAway) return;
    this.#redis.set(this.#nameOf(key), text, 'PX', ttlMs).catch((error: unknown) => {
      const isAnswer = error instanceof Error && error.name === 'ReplyError';
      // It may be stored late, and last longer than it may: nobody asks for it in the next generation.
      if (!isAnswer) this.#generation.suspend();
    });
  }

  async #get(name: string): Promise<StoredText | null> {
    try {
      // In this order what is left is never more than the text has, also when it is replaced in between.
      const [leftMs, text] = await Promise.all([this.#redis.pttl(name), this.#redis.get(name)]);
      return text !== null && leftMs > 0 ? { text, leftMs } : null;
    } catch {
      this.#generation.suspend();
      return null;
    }
  }

  // Paths hold page tokens of any length.
  #nameOf(key: string): string {
    return this.#prefix + createHash('sha256').update(key).digest('base64url');
  }
}
