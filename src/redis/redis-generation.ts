import { randomInt } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Generation } from '../scenario/generation.ts';
import type { Logger } from '../shared/logger.ts';

const KEY = 'scg:generation:1';
const MAX_TRIES = 3;

/** Counts the writes of all replicas together, so that each write is seen through every replica at once. */
export class RedisGeneration implements Generation {
  readonly #redis: Redis;
  readonly #logger: Logger;

  constructor(redis: Redis, logger: Logger) {
    this.#redis = redis;
    this.#logger = logger;
  }

  async current(): Promise<string | null> {
    try {
      return (await this.#redis.get(KEY)) ?? (await this.#begin());
    } catch {
      return null;
    }
  }

  // A Redis that lost its data must not count through the same numbers again.
  async #begin(): Promise<string | null> {
    await this.#redis.set(KEY, randomInt(2 ** 47), 'NX');
    return this.#redis.get(KEY);
  }

  // Advancing twice does no harm; not advancing would leave other replicas with what is old.
  async advance(): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await this.#redis.incr(KEY);
        return;
      } catch (err) {
        if (tries < MAX_TRIES) continue;
        this.#logger.warn({ err }, 'other replicas could not be told of a write');
        return;
      }
    }
  }
}
