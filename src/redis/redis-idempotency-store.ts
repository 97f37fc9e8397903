import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import {
  type IdempotencyRecord,
  type IdempotencyStore,
  RECORD_LIFETIME_MS,
} from '../scenario/collections/idempotency-store.ts';
import { storedRecord } from '../scenario/collections/stored-record.ts';
import type { SharedRedis } from './shared-redis.ts';

const PREFIX = 'scg:create:3:';
// A claim that failed is taken back behind the answer, for as long as a short loss of Redis may last.
const WITHDRAWAL_DELAYS_MS = [0, 100, 300, 1_000, 3_000, 10_000];

const CLAIM = `
if redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3], 'NX') then return {ARGV[1], ARGV[2]} end
return {ARGV[1], redis.call('GET', KEYS[1])}`;
const WITHDRAW = `
if redis.call('GET', KEYS[1]) == ARGV[2] then redis.call('DEL', KEYS[1]) end
return {ARGV[1]}`;
const SETTLE = `
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return {ARGV[1]}`;
const RELEASE = `
redis.call('DEL', KEYS[1])
return {ARGV[1]}`;

// The name and who wrote it make each text unlike any other: what Redis gives back is one's own claim, or it is not.
const entry = z.object({ name: z.string(), writer: z.string(), record: storedRecord });

/** Keeps the records of keyed creates in Redis, for all replicas together. */
export class RedisIdempotencyStore implements IdempotencyStore {
  readonly #redis: SharedRedis;
  readonly #prefix: string;

  /** @param scope keeps apart who works with different collections */
  constructor(redis: SharedRedis, scope: string) {
    this.#redis = redis;
    this.#prefix = `${PREFIX}${scope}:`;
  }

  async claim(key: string, record: IdempotencyRecord): Promise<IdempotencyRecord | null> {
    const name = this.#prefix + key;
    const text = encode(name, record);
    try {
      const [stored] = await this.#redis.run(CLAIM, [name], text, RECORD_LIFETIME_MS);
      return stored === text ? null : decode(name, stored);
    } catch (error) {
      // It may have been stored all the same; nothing will be created for it.
      void this.#withdraw(name, text);
      throw error;
    }
  }

  async settle(key: string, record: IdempotencyRecord): Promise<void> {
    const name = this.#prefix + key;
    await this.#redis.run(SETTLE, [name], encode(name, record), RECORD_LIFETIME_MS);
  }

  async release(key: string): Promise<void> {
    await this.#redis.run(RELEASE, [this.#prefix + key]);
  }

  async #withdraw(name: string, text: string): Promise<void> {
    for (const delayMs of WITHDRAWAL_DELAYS_MS) {
      await delay(delayMs, null, { ref: false });
      const isDone = await this.#redis.run(WITHDRAW, [name], text).then(
        () => true,
        () => false,
      );
      if (isDone) return;
    }
  }
}

function encode(name: string, record: IdempotencyRecord): string {
  return JSON.stringify({ name, writer: randomUUID(), record });
}

function decode(name: string, stored: unknown): IdempotencyRecord {
  const { record, ...found } = entry.parse(JSON.parse(z.string().parse(stored)));
  if (found.name !== name) throw new Error('Redis gave the record of another key');
  return record;
}
