import { randomUUID } from 'node:crypto';
import { type Taken, WINDOW_MS } from './minute-windows.ts';

/** A connection to Redis whose scripts begin their reply with their first argument, as proof that it is theirs. */
interface ScriptRunner {
  /** @returns the rest of the reply. @throws when there is none that is proven */
  run(
    script: string,
    keys: readonly string[],
    ...args: readonly (string | number)[]
  ): Promise<readonly unknown[]>;
}

/** Where replicas count together. */
export interface SharedCounts {
  readonly redis: ScriptRunner;
  /** Keeps apart who spends different quotas. */
  readonly scope: string;
  /** Whether Redis did not answer lately: then it is not asked. */
  readonly isAway: () => boolean;
  /** Called when Redis did not answer. */
  readonly suspend: () => void;
}

/** What was taken from the window of this name. */
interface SharedTaken extends Taken {
  readonly window: string;
}

// The version of what the values look like.
const PREFIX = 'scg:calls:3:';

// What is left of a window never exceeds its length, also when the clock of Redis was set back meanwhile.
const TAKE = `
local amount, limit, length = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local used = tonumber(redis.call('HGET', KEYS[1], 'used') or '0')
local left = redis.call('PTTL', KEYS[1])
local isNew, isTooLong = left < 0, left > length
if isNew or isTooLong then left = length end
if used + amount > limit then return { ARGV[1], 0, used, left, '' } end
if isNew then redis.call('HSET', KEYS[1], 'name', ARGV[5]) end
used = redis.call('HINCRBY', KEYS[1], 'used', amount)
if isNew or isTooLong then redis.call('PEXPIRE', KEYS[1], left) end
return { ARGV[1], 1, used, left, redis.call('HGET', KEYS[1], 'name') }`;

const GIVE_BACK = `
if redis.call('HGET', KEYS[1], 'name') == ARGV[3] then redis.call('HINCRBY', KEYS[1], 'used', -ARGV[2]) end
return { ARGV[1] }`;

/** Counts as `MinuteWindows` does, but in Redis: for all replicas together. */
export class SharedWindows {
  readonly #limit: number;
  readonly #counts: SharedCounts;

  /** @param limit most that may be taken for a key in a minute */
  constructor(limit: number, counts: SharedCounts) {
    this.#limit = limit;
    this.#counts = counts;
  }

  /**
   * Takes this much if it is left, and nothing otherwise, in one step for all replicas.
   * @returns also the name of the window that it was taken from; `null` when Redis cannot tell
   */
  take(key: string, amount: number): Promise<SharedTaken | null> {
    return this.#take(key, amount, this.#limit);
  }

  /** Takes this much whether it is left or not. */
  async force(key: string, amount: number): Promise<void> {
    await this.#take(key, amount, Number.MAX_SAFE_INTEGER);
  }

  /** Gives back what was taken from this window, unless it is over. */
  async giveBack(key: string, amount: number, window: string): Promise<void> {
    await this.#run(() => true, GIVE_BACK, key, amount, window);
  }

  #take(key: string, amount: number, limit: number): Promise<SharedTaken | null> {
    const read = (reply: readonly unknown[]): SharedTaken | null => readReply(reply, limit);
    return this.#run(read, TAKE, key, amount, limit, WINDOW_MS, randomUUID());
  }

  /** @param read gives `null` for a reply that is none to this script: then Redis counts as away */
  async #run<Value>(
    read: (reply: readonly unknown[]) => Value | null,
    script: string,
    key: string,
    ...args: readonly (string | number)[]
  ): Promise<Value | null> {
    const { redis, scope, isAway, suspend } = this.#counts;
    if (isAway()) return null;
    try {
      const value = read(await redis.run(script, [`${PREFIX}${scope}:${key}`], ...args));
      if (value !== null) return value;
    } catch {
      // No reply is worth as much as one that cannot be read.
    }
    suspend();
    return null;
  }
}

function readReply(reply: readonly unknown[], limit: number): SharedTaken | null {
  const [isWithin, used, resetMs, window] = reply;
  if ((isWithin !== 0 && isWithin !== 1) || !isCount(used) || !isCount(resetMs)) return null;
  if (typeof window !== 'string') return null;
  return { isWithin: isWithin === 1, remaining: Math.max(0, limit - used), resetMs, window };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
