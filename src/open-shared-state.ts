import type { Redis } from 'ioredis';
import { type Generation, LocalGeneration } from './scenario/generation.ts';
import { type IdempotencyStore, MemoryIdempotencyStore } from './scenario/idempotency-store.ts';
import type { Logger } from './shared/logger.ts';

/** What replicas share, or this process keeps for itself when there is no Redis. */
export interface SharedState {
  readonly idempotency: IdempotencyStore;
  /** Makes what is kept in memory old when any replica writes. */
  readonly generation: Generation;
  /** For the limits of callers; `null` without Redis. */
  readonly redis: Redis | null;
  /** Names what is not there. */
  degraded(): readonly string[];
  close(): Promise<void>;
}

/** Redis is loaded only when its URL is set, and does without when it is not there. */
export async function openSharedState(redisUrl: string | null, logger: Logger): Promise<SharedState> {
  if (redisUrl === null) {
    const idempotency = new MemoryIdempotencyStore();
    return {
      idempotency,
      generation: new LocalGeneration(),
      redis: null,
      degraded: () => [],
      close: async () => {},
    };
  }
  const [{ connectRedis }, { RedisGeneration }, { RedisIdempotencyStore }] = await Promise.all([
    import('./redis/connect-redis.ts'),
    import('./redis/redis-generation.ts'),
    import('./redis/redis-idempotency-store.ts'),
  ]);
  const redis = await connectRedis(redisUrl, logger);
  return {
    idempotency: new RedisIdempotencyStore(redis),
    generation: new RedisGeneration(redis, logger),
    redis,
    degraded: () => (redis.status === 'ready' ? [] : ['redis']),
    close: async () => redis.disconnect(),
  };
}
