import type { IndexName, IndexStore } from '../cache/index/index-store.ts';
import type { ReadStore } from '../cache/read-memory.ts';
import type { WriteEpoch } from '../cache/write-epoch.ts';
import type { IdempotencyStore } from '../scenario/collections/idempotency-store.ts';
import type { Logger } from '../shared/logger.ts';
import type { RedisTarget } from '../shared/redis-target.ts';
import { connectRedis } from './connect-redis.ts';
import { probeWrites } from './probe-writes.ts';
import { RedisIdempotencyStore } from './redis-idempotency-store.ts';
import { RedisIndexStore } from './redis-index-store.ts';
import { RedisReadStore } from './redis-read-store.ts';
import { RedisWriteEpoch } from './redis-write-epoch.ts';
import type { SharedRedis } from './shared-redis.ts';

/** What replicas share over one Redis. */
export interface OpenRedis {
  readonly idempotency: IdempotencyStore;
  readonly epoch: WriteEpoch;
  readonly reads: ReadStore;
  /** Opens what replicas share of an index. */
  openIndexStore(name: IndexName): IndexStore;
  /** Runs the scripts of others. */
  readonly redis: SharedRedis;
  /** Whether nothing is shared now: Redis is unreachable, does not answer in time, or takes no writes. */
  isAway(): boolean;
  /** Called when Redis did not answer. */
  suspend(): void;
  close(): void;
}

/**
 * @param scope names the upstream and what opens it: nothing is shared with other ones
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
  const epoch = new RedisWriteEpoch(connection, scope, unsettledMs, logger);
  const stopProbing = probeWrites(redis, epoch, scope);
  return {
    idempotency: new RedisIdempotencyStore(redis, scope),
    epoch,
    reads: new RedisReadStore(redis, epoch, scope),
    openIndexStore: (name) => new RedisIndexStore(redis, epoch, scope, name),
    redis,
    isAway: () => epoch.isAway,
    suspend: () => void epoch.suspend(),
    close: () => {
      stopProbing();
      redis.close();
    },
  };
}
