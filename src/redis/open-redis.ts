import type { IndexName, IndexStore } from '../cache/index/index-store.ts';
import type { ReadStore } from '../cache/read-memory.ts';
import type { Pacing } from '../http/pacing/pacing.ts';
import type { IdempotencyStore } from '../scenario/collections/idempotency-store.ts';
import type { Logger } from '../shared/logger.ts';
import type { RedisTarget } from '../shared/redis-target.ts';
import { connectRedis } from './connect-redis.ts';
import { probeWrites } from './probe-writes.ts';
import { RedisIdempotencyStore } from './redis-idempotency-store.ts';
import { RedisIndexStore } from './redis-index-store.ts';
import { RedisPacing, type RedisPacingOptions } from './redis-pacing.ts';
import { RedisReadStore, type UnconfirmedTexts } from './redis-read-store.ts';
import { RedisWriteEpoch } from './redis-write-epoch.ts';
import type { SharedRedis } from './shared-redis.ts';

/** What replicas share of one upstream account. */
export interface RedisShare {
  readonly idempotency: IdempotencyStore;
  readonly epoch: RedisWriteEpoch;
  readonly reads: ReadStore;
  /** Opens what replicas share of an index. */
  openIndexStore(name: IndexName): IndexStore;
  /** Opens what paces the calls of all replicas together. */
  openPacing(options: RedisPacingOptions): Pacing;
  /** Whether nothing is shared now: Redis is unreachable, does not answer in time, or takes no writes. */
  isAway(): boolean;
  /** Called when Redis did not answer. */
  suspend(): void;
}

/** One Redis, over which replicas share. */
export interface OpenRedis {
  /** What is shared within this scope, always the same: scopes know nothing of one another. */
  share(scope: string): RedisShare;
  /** Runs the scripts of others. */
  readonly redis: SharedRedis;
  /** Whether nothing is shared now within any one of the scopes. */
  isAway(): boolean;
  close(): void;
}

/**
 * @param scope names an upstream account and what opens it: through it Redis is watched, also while nobody needs it
 * @param unsettledMs how long after its end a write whose outcome is unknown may still arrive upstream
 */
export async function openRedis(
  target: RedisTarget,
  scope: string,
  unsettledMs: number,
  logger: Logger,
): Promise<OpenRedis> {
  const connection = await connectRedis(target, logger);
  const { redis } = connection;
  const unconfirmed = { length: 0 };
  const shares = new Map<string, RedisShare>();
  const share = (name: string): RedisShare => {
    const known = shares.get(name);
    if (known) return known;
    const epoch = new RedisWriteEpoch(connection, name, unsettledMs, logger);
    const opened = createShare(redis, epoch, name, unconfirmed);
    shares.set(name, opened);
    return opened;
  };
  const stopProbing = probeWrites(redis, share(scope).epoch, scope);
  return {
    share,
    redis,
    isAway: () => [...shares.values()].some(({ isAway }) => isAway()),
    close: () => {
      stopProbing();
      redis.close();
    },
  };
}

function createShare(
  redis: SharedRedis,
  epoch: RedisWriteEpoch,
  scope: string,
  unconfirmed: UnconfirmedTexts,
): RedisShare {
  const isAway = (): boolean => epoch.isAway;
  const suspend = (): void => void epoch.suspend();
  return {
    idempotency: new RedisIdempotencyStore(redis, scope),
    epoch,
    reads: new RedisReadStore(redis, epoch, scope, unconfirmed),
    openIndexStore: (name) => new RedisIndexStore(redis, epoch, scope, name),
    openPacing: (options) => new RedisPacing({ redis, isAway, suspend }, scope, options),
    isAway,
    suspend,
  };
}
