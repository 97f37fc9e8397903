import { createHash, randomUUID } from 'node:crypto';
import type { Claim, ClaimOutcome, ReadStore, StoredText } from '../cache/read-memory.ts';
import { isErrorReply } from './redis-fault.ts';
import type { RedisWriteEpoch } from './redis-write-epoch.ts';
import { DELETE_OWN } from './script-parts.ts';
import type { SharedRedis } from './shared-redis.ts';

// The version of what the values look like.
const PREFIX = 'scg:read:2:';
const CLAIM_PREFIX = 'scg:claim:1:';
// What takes longer is read by the others as well.
const CLAIM_MS = 2_000;
// Of texts that Redis has not confirmed yet: what is more is not stored.
const MAX_UNCONFIRMED_LENGTH = 8 * 1_048_576;
// Longer than any value that is stored.
const MAX_BYTES = 2_097_152;

const READ = `
return {ARGV[1], redis.call('PTTL', KEYS[1]), redis.call('GETRANGE', KEYS[1], 0, ARGV[2])}`;
// Gives the token back when the claim is its own. What was stored in between needs none.
const CLAIM = `
if redis.call('GETRANGE', KEYS[2], 0, #ARGV[4] - 1) == ARGV[4] then return {ARGV[1], 'stored'} end
if redis.call('SET', KEYS[1], ARGV[2], 'NX', 'PX', ARGV[3]) then return {ARGV[1], ARGV[2]} end
return {ARGV[1], 'taken'}`;
const STORE = `
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
if ARGV[4] and redis.call('GET', KEYS[2]) == ARGV[4] then redis.call('DEL', KEYS[2]) end
return {ARGV[1]}`;

/** How much was sent to Redis, and not confirmed yet. */
export interface UnconfirmedTexts {
  length: number;
}

/** Keeps what replicas read in Redis. Where a key is written again, the newer value takes the place of the older. */
export class RedisReadStore implements ReadStore {
  readonly #redis: SharedRedis;
  readonly #epoch: RedisWriteEpoch;
  readonly #scope: string;
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
    this.#scope = scope;
  }

  get(key: string): null | Promise<StoredText | null> {
    return this.#epoch.isAway ? null : this.#get(this.#nameOf(PREFIX, key));
  }

  claim(key: string, head: string): null | Promise<ClaimOutcome> {
    return this.#epoch.isAway ? null : this.#claim(key, head);
  }

  set(key: string, text: string, ttlMs: number, claim: Claim | null = null): void {
    if (this.#epoch.isAway) return;
    if (this.#unconfirmed.length + text.length > MAX_UNCONFIRMED_LENGTH) {
      if (claim) this.release(claim);
      return;
    }
    this.#unconfirmed.length += text.length;
    void this.#set(this.#nameOf(PREFIX, key), text, ttlMs, claim).finally(() => {
      this.#unconfirmed.length -= text.length;
    });
  }

  release({ name, token }: Claim): void {
    if (this.#epoch.isAway) return;
    this.#redis.run(DELETE_OWN, [name], token).catch((error: unknown) => this.#note(error));
  }

  async #set(name: string, text: string, ttlMs: number, claim: Claim | null): Promise<void> {
    try {
      if (claim) await this.#redis.run(STORE, [name, claim.name], text, ttlMs, claim.token);
      else await this.#redis.run(STORE, [name], text, ttlMs);
    } catch (error) {
      // It may be stored late, and last longer than it may: nobody asks for it in the next epoch.
      this.#note(error);
    }
  }

  async #claim(key: string, head: string): Promise<ClaimOutcome> {
    // One of another epoch would be of no use, so nobody waits for it.
    const name = this.#nameOf(CLAIM_PREFIX, `${key} ${head}`);
    const token = randomUUID();
    try {
      const keys = [name, this.#nameOf(PREFIX, key)];
      const [outcome] = await this.#redis.run(CLAIM, keys, token, CLAIM_MS, head);
      if (outcome === token) return { name, token };
      return outcome === 'taken' || outcome === 'stored' ? outcome : null;
    } catch (error) {
      this.#note(error);
      return null;
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
  #nameOf(prefix: string, key: string): string {
    return `${prefix}${this.#scope}:${createHash('sha256').update(key).digest('base64url')}`;
  }
}
