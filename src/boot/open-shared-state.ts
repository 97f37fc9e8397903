import { createHash } from 'node:crypto';
import type { IndexName, IndexStore } from '../cache/index/index-store.ts';
import type { ReadStore } from '../cache/read-memory.ts';
import { LocalWriteEpoch, type WriteEpoch } from '../cache/write-epoch.ts';
import type { AccountConfig } from '../config/config.ts';
import type { Pacing } from '../http/pacing/pacing.ts';
import type { RedisPacingOptions } from '../redis/redis-pacing.ts';
import { type IdempotencyStore, partOfStore } from '../scenario/collections/idempotency-store.ts';
import { MemoryIdempotencyStore } from '../scenario/collections/memory-idempotency-store.ts';
import type { SharedCounts } from '../server/limits/shared-windows.ts';
import type { Logger } from '../shared/logger.ts';
import type { RedisTarget } from '../shared/redis-target.ts';
import type { MetricSources } from '../telemetry/gauges.ts';
import type { Upstream } from './open-upstream.ts';

/** What replicas share of one account, or this gateway keeps for itself when there is no Redis. */
export interface AccountState {
  readonly idempotency: IdempotencyStore;
  /** Invalidates what is kept when any replica writes. */
  readonly epoch: WriteEpoch;
  /** What other replicas have read; `null` without Redis. */
  readonly reads: ReadStore | null;
  /** Opens what replicas share of an index; `null` without Redis. */
  readonly openIndexStore: ((name: IndexName) => IndexStore) | null;
  /** Opens what paces the calls of all replicas together; `null` without Redis. */
  readonly openPacing: ((options: RedisPacingOptions) => Pacing) | null;
}

/** What replicas share, or this gateway keeps for itself. */
export interface SharedState {
  /** The part of an account: nothing in it is known to others. */
  of(account: AccountConfig): AccountState;
  /** For the limits of callers, whatever their accounts; `null` without Redis. */
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
  return redis === null ? ownState(unsettledMs) : openRedisState(redis, upstream, unsettledMs, logger);
}

function ownState(unsettledMs: number): SharedState {
  // One for all accounts, as its memory is bounded.
  const idempotency = new MemoryIdempotencyStore();
  return {
    of: ({ name }) => ({
      idempotency: partOfStore(idempotency, name),
      epoch: new LocalWriteEpoch(unsettledMs),
      reads: null,
      openIndexStore: null,
      openPacing: null,
    }),
    counts: null,
    gauges: {},
    degraded: () => [],
    close: async () => {},
  };
}

async function openRedisState(
  target: RedisTarget,
  { baseUrl, accounts }: Upstream,
  unsettledMs: number,
  logger: Logger,
): Promise<SharedState> {
  const { openRedis } = await import('../redis/open-redis.ts');
  const scopeOf = (account: AccountConfig): string => createScope(baseUrl, account);
  // Callers have one budget each, whichever account they work with: it is counted beside the first account.
  const scope = scopeOf(accounts[0]);
  const shared = await openRedis(target, scope, unsettledMs, logger);
  const { redis, share, isAway } = shared;
  return {
    of: (account) => share(scopeOf(account)),
    counts: { redis, scope, isAway: share(scope).isAway, suspend: share(scope).suspend },
    gauges: { redisUp: () => !isAway() },
    degraded: () => (isAway() ? ['redis'] : []),
    close: async () => shared.close(),
  };
}

// Who calls another API, with another key or for another project, reads other collections. The braces keep all of it in
// one slot of a cluster: it is reachable together or not at all.
function createScope(baseUrl: URL, { key, projectId }: AccountConfig): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([baseUrl.href, key, projectId]))
    .digest('base64url');
  return `{${digest}}`;
}
