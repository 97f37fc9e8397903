import { createHash } from 'node:crypto';
import type { IndexName, IndexStore } from '../cache/index/index-store.ts';
import type { ReadStore } from '../cache/read-memory.ts';
import { LocalWriteEpoch, type WriteEpoch } from '../cache/write-epoch.ts';
import type { IdempotencyStore } from '../scenario/collections/idempotency-store.ts';
import { MemoryIdempotencyStore } from '../scenario/collections/memory-idempotency-store.ts';
import type { SharedCounts } from '../server/limits/shared-windows.ts';
import type { Logger } from '../shared/logger.ts';
import type { RedisTarget } from '../shared/redis-target.ts';
import type { MetricSources } from '../telemetry/gauges.ts';
import type { Upstream } from './open-upstream.ts';

/** What replicas share, or this gateway keeps for itself when there is no Redis. */
export interface SharedState {
  readonly idempotency: IdempotencyStore;
  /** Invalidates what is kept when any replica writes. */
  readonly epoch: WriteEpoch;
  /** What other replicas have read; `null` without Redis. */
  readonly reads: ReadStore | null;
  /** Opens what replicas share of an index; `null` without Redis. */
  readonly openIndexStore: ((name: IndexName) => IndexStore) | null;
  /** For the limits of callers; `null` without Redis. */
  readonly counts: SharedCounts | null;
  readonly gauges: Pick<MetricSources, 'redisUp'>;
  /** Names what is not well. */
  degraded(): readonly string[];
  close(): Promise<void>;
}

/**
 * Redis is loaded only when its URL is set, and done without while it is unreachable.
 * @param unsettledMs how long after its end a write whose outcome is unknown may still arrive upstream
 */
export async function openSharedState(
  redis: RedisTarget | null,
  upstream: Upstream,
  unsettledMs: number,
  logger: Logger,
): Promise<SharedState> {
  return redis === null
    ? ownState(unsettledMs)
    : openRedisState(redis, scopeOf(upstream), unsettledMs, logger);
}

function ownState(unsettledMs: number): SharedState {
  return {
    idempotency: new MemoryIdempotencyStore(),
    epoch: new LocalWriteEpoch(unsettledMs),
    reads: null,
    openIndexStore: null,
    counts: null,
    gauges: {},
    degraded: () => [],
    close: async () => {},
  };
}

async function openRedisState(
  target: RedisTarget,
  scope: string,
  unsettledMs: number,
  logger: Logger,
): Promise<SharedState> {
  const { openRedis } = await import('../redis/open-redis.ts');
  const { idempotency, epoch, reads, openIndexStore, redis, isAway, suspend, close } = await openRedis(
    target,
    scope,
    unsettledMs,
    logger,
  );
  return {
    idempotency,
    epoch,
    reads,
    openIndexStore,
    counts: { redis, scope, isAway, suspend },
    gauges: { redisUp: () => !isAway() },
    degraded: () => (isAway() ? ['redis'] : []),
    close: async () => close(),
  };
}

// Who calls another API, with another key or for another project, reads other collections. The braces keep all of it in
// one slot of a cluster: it is reachable together or not at all.
function scopeOf({ baseUrl, key, projectId }: Upstream): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([baseUrl.href, key, projectId]))
    .digest('base64url');
  return `{${digest}}`;
}
