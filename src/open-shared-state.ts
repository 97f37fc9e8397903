import type { Redis } from 'ioredis';
import { type IdempotencyStore, MemoryIdempotencyStore } from './scenario/idempotency-store.ts';
import type { Logger } from './shared/logger.ts';

/** What replicas share, or this process keeps for itself when there is no Redis. */
export interface SharedState {
  readonly idempotency: IdempotencyStore;
  /** For the limits of callers; `null` without Redis. */
  readonly redis: Redis | null;
  close(): Promise<void>;
}

/** Redis is connected in the background, and loaded only when its URL is set. */
export async function openSharedState(redisUrl: string | null, logger: Logger): Promise<SharedState> {
  if (redisUrl === null)
    return { idempotency: new MemoryIdempotencyStore(), redis: null, close: async () => {} };
  const [{ connectRedis }, { RedisIdempotencyStore }] = await Promise.all([
    import('./redis/connect-redis.ts'),
    import('./redis/redis-idempotency-store.ts'),
  ]);
  const redis = connectRedis(redisUrl, logger);
  return {
    idempotency: new RedisIdempotencyStore(redis),
    redis,
    close: async () => redis.disconnect(),
  };
}
