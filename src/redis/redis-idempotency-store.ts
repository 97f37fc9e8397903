import type { Redis } from 'ioredis';
import {
  type IdempotencyRecord,
  type IdempotencyStore,
  RECORD_LIFETIME_MS,
} from '../scenario/collections/idempotency-store.ts';
import { storedRecord } from '../scenario/collections/stored-record.ts';

const PREFIX = 'scg:create:2:';
const MAX_CLAIM_TRIES = 3;
const DELETE_IF_EQUAL = "if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('del', KEYS[1]) end";

/** Keeps the records of keyed creates in Redis, for all replicas together. */
export class RedisIdempotencyStore implements IdempotencyStore {
  readonly #redis: Redis;
  readonly #prefix: string;

  /** @param scope keeps apart who works with different collections */
  constructor(redis: Redis, scope: string) {
    this.#redis = redis;
    this.#prefix = `${PREFIX}${scope}:`;
  }

  async claim(key: string, record: IdempotencyRecord): Promise<IdempotencyRecord | null> {
    const name = this.#prefix + key;
    const text = JSON.stringify(record);
    try {
      return await this.#claim(name, text);
    } catch (error) {
      // It may have been stored all the same; nothing will be created for it.
      this.#redis.eval(DELETE_IF_EQUAL, 1, name, text).catch(() => {});
      throw error;
    }
  }

  async #claim(name: string, text: string): Promise<IdempotencyRecord | null> {
    for (let tries = 0; tries < MAX_CLAIM_TRIES; tries += 1) {
      const isNew = await this.#redis.set(name, text, 'PX', RECORD_LIFETIME_MS, 'NX');
      if (isNew !== null) return null;
      const stored = await this.#redis.get(name);
      // It may have expired or been released in between.
      if (stored !== null) return storedRecord.parse(JSON.parse(stored));
    }
    throw new Error('the key is claimed and released over and over');
  }

  async settle(key: string, record: IdempotencyRecord): Promise<void> {
    await this.#redis.set(this.#prefix + key, JSON.stringify(record), 'PX', RECORD_LIFETIME_MS);
  }

  async release(key: string): Promise<void> {
    await this.#redis.del(this.#prefix + key);
  }
}
