import { createHash } from 'node:crypto';
import type { LocalState } from './local-state.ts';
import type { Upstream } from './open-upstream.ts';
import type { Generation } from './scenario/generation.ts';
import type { IdempotencyStore } from './scenario/idempotency-store.ts';
import type { ReadStore } from './scenario/read-memory.ts';
import type { SharedCounts } from './server/caller-limiter.ts';
import type { Logger } from './shared/logger.ts';
import type { MetricSources } from './telemetry/gauges.ts';

/** What replicas share, or this gateway keeps for itself when there is no Redis. */
export interface SharedState {
  readonly idempotency: IdempotencyStore;
  /** Makes what is kept in memory old when any replica writes. */
  readonly generation: Generation;
  /** What other replicas have read; `null` without Redis. */
  readonly reads: ReadStore | null;
  /** For the limits of callers; `null` without Redis. */
  readonly counts: SharedCounts | null;
  readonly gauges: Pick<MetricSources, 'redisUp'>;
  /** What there is without Redis. */
  readonly local: LocalState;
  /** Names what is not there. */
  degraded(): readonly string[];
  close(): Promise<void>;
}

/** Redis is loaded only when its URL is set, and does without when it is not there. */
export async function openSharedState(
  redisUrl: string | null,
  upstream: Upstream,
  local: LocalState,
  logger: Logger,
): Promise<SharedState> {
  return redisUrl === null ? ownState(local) : openRedisState(redisUrl, scopeOf(upstream), local, logger);
}

function ownState(local: LocalState): SharedState {
  return {
    ...local,
    local,
    reads: null,
    counts: null,
    gauges: {},
    degraded: () => [],
    close: async () => {},
  };
}

async function openRedisState(
  url: string,
  scope: string,
  local: LocalState,
  logger: Logger,
): Promise<SharedState> {
  const [{ connectRedis }, { RedisGeneration }, { RedisIdempotencyStore }, { RedisReadStore }] =
    await Promise.all([
      import('./redis/connect-redis.ts'),
      import('./redis/redis-generation.ts'),
      import('./redis/redis-idempotency-store.ts'),
      import('./redis/redis-read-store.ts'),
    ]);
  const connection = await connectRedis(url, logger);
  const { redis } = connection;
  const generation = new RedisGeneration(connection, scope, logger);
  const isUp = () => redis.status === 'ready';
  return {
    idempotency: new RedisIdempotencyStore(redis, scope),
    generation,
    reads: new RedisReadStore(redis, generation, scope),
    counts: { redis, scope, isAway: () => generation.isAway, suspend: () => void generation.suspend() },
    gauges: { redisUp: isUp },
    local,
    degraded: () => (isUp() ? [] : ['redis']),
    close: async () => redis.disconnect(),
  };
}

// Who calls another API, with another key or for another project, reads other collections.
function scopeOf({ baseUrl, key, projectId }: Upstream): string {
  return createHash('sha256')
    .update(JSON.stringify([baseUrl.href, key, projectId]))
    .digest('base64url');
}
