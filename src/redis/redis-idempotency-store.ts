import { z } from 'zod';
import {
  type CreateKey,
  type IdempotencyStore,
  type KnownCreate,
  type PendingCreate,
  RECORD_LIFETIME_MS,
  type SettledCreate,
} from '../scenario/collections/idempotency-store.ts';
import { decodeRecord, encodeRecord } from '../scenario/collections/stored-record.ts';
import { pause } from './pause.ts';
import { DELETE_OWN } from './script-parts.ts';
import type { SharedRedis } from './shared-redis.ts';

// The version of what the values look like.
const PREFIX = 'scg:create:4:';
// Of one owner: the oldest go first.
const MAX_SETTLED = 10_000;
// A claim that failed is taken back behind the answer, for as long as a short loss of Redis may last.
const WITHDRAWAL_DELAYS_MS = [0, 100, 300, 1_000, 3_000, 10_000];

const CLAIM = `
if redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3], 'NX') then return {ARGV[1], ARGV[2], ARGV[3]} end
return {ARGV[1], redis.call('GET', KEYS[1]), redis.call('PTTL', KEYS[1])}`;
// The second key lists the owner's settled records, by when they were settled.
const SETTLE = `
local now = redis.call('TIME')
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
redis.call('ZADD', KEYS[2], now[1] * 1000000 + now[2], KEYS[1])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
for _ = redis.call('ZCARD', KEYS[2]), tonumber(ARGV[4]) + 1, -1 do
  redis.call('DEL', redis.call('ZPOPMIN', KEYS[2])[1])
end
return {ARGV[1]}`;
const RELEASE = `
redis.call('DEL', KEYS[1])
return {ARGV[1]}`;

const claimReply = z.tuple([z.string(), z.coerce.number()]);

/** Keeps the records of keyed creates in Redis, for all replicas together. The clocks of replicas do not matter. */
export class RedisIdempotencyStore implements IdempotencyStore {
  readonly #redis: SharedRedis;
  readonly #prefix: string;

  /** @param scope keeps apart who works with different collections */
  constructor(redis: SharedRedis, scope: string) {
    this.#redis = redis;
    this.#prefix = `${PREFIX}${scope}:`;
  }

  async claim(createKey: CreateKey, claim: PendingCreate): Promise<KnownCreate | null> {
    const name = this.#nameOf(createKey);
    const text = encodeRecord(name, claim);
    try {
      const reply = await this.#redis.run(CLAIM, [name], text, RECORD_LIFETIME_MS);
      const [stored, leftMs] = claimReply.parse(reply);
      return stored === text ? null : judge(decodeRecord(name, stored), leftMs);
    } catch (error) {
      // It may have been stored all the same; nothing will be created for it.
      void this.#withdraw(name, text);
      throw error;
    }
  }

  async settle(createKey: CreateKey, record: SettledCreate): Promise<void> {
    const name = this.#nameOf(createKey);
    const keys = [name, `${this.#prefix}${createKey.owner}:settled`];
    await this.#redis.run(SETTLE, keys, encodeRecord(name, record), RECORD_LIFETIME_MS, MAX_SETTLED);
  }

  async release(createKey: CreateKey): Promise<void> {
    await this.#redis.run(RELEASE, [this.#nameOf(createKey)]);
  }

  #nameOf({ owner, key }: CreateKey): string {
    return `${this.#prefix}${owner}:key:${key}`;
  }

  async #withdraw(name: string, text: string): Promise<void> {
    for (const delayMs of WITHDRAWAL_DELAYS_MS) {
      await pause(delayMs);
      const isDone = await this.#redis.run(DELETE_OWN, [name], text).then(
        () => true,
        () => false,
      );
      if (isDone) return;
    }
  }
}

// What is left of its life tells, by the clock of Redis alone, how long ago the claim was made.
function judge(known: KnownCreate, leftMs: number): KnownCreate {
  if (known.state !== 'pending' || RECORD_LIFETIME_MS - leftMs <= known.leaseMs) return known;
  const { fingerprint, startedAt } = known;
  return { state: 'unknown', fingerprint, startedAt };
}
