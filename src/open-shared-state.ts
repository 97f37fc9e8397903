import type { Redis } from 'ioredis';
import type { LocalState } from './local-state.ts';
import type { Generation } from './scenario/generation.ts';
import type { IdempotencyStore } from './scenario/idempotency-store.ts';
import type { Logger } from './shared/logger.ts';

/** What replicas share, or this gateway keeps for itself when there is no Redis. */
export interface SharedState {
  readonly idempotency: IdempotencyStore;
  /** Makes what is kept in memory old when any replica writes. */
  readonly generation: Generation;
  /** For the limits of callers; `null` without Redis. */
  readonly redis: Redis | null;
  /** What there is without Redis. */
  readonly local: LocalState;
  /** Names what is not there. */
  degraded(): readonly string[];
  close(): Promise<void>;
}

/** Redis is loaded only when its URL is set, and does without when it is not there. */
export async function openSharedState(
  redisUrl: string | null,
  local: LocalState,
  logger: Logger,
): Promise<SharedState> {
  if (redisUrl === null) {
    return {
      ...local,
      local,
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
    local,
    degraded: () => (redis.status === 'ready' ? [] : ['redis']),
    close: async () => redis.disconnect(),
  };
}
