import type { MemoryBudget } from '../cache/memory-budget.ts';
import type { Config } from '../config/config.ts';
import { Bulkhead } from '../http/bulkhead.ts';
import type { Send } from '../http/call.ts';
import { createClient } from '../http/client.ts';
import { LocalPacing } from '../http/pacing/local-pacing.ts';
import { shareQuota } from '../http/pacing/quota-shares.ts';
import { proxyFor } from '../http/proxy-rules.ts';
import { withBreaker } from '../http/with-breaker.ts';
import { withCallLimit } from '../http/with-call-limit.ts';
import { withLimit } from '../http/with-limit.ts';
import { withPacing } from '../http/with-pacing.ts';
import { withPause } from '../http/with-pause.ts';
import { withRetry } from '../http/with-retry.ts';
import { AssetsApi } from '../scenario/assets/assets-api.ts';
import { CollectionCalls } from '../scenario/collections/collection-calls.ts';
import { CollectionsApi } from '../scenario/collections/collections-api.ts';
import { IdempotentCreate } from '../scenario/collections/idempotent-create.ts';
import { createPlaceCursorCodecs } from '../scenario/collections/place-cursor.ts';
import { createCursorCodecs } from '../scenario/cursor.ts';
import type { ListOptions } from '../scenario/list-source.ts';
import { ModelsApi } from '../scenario/models/models-api.ts';
import { MAX_PAGE_SIZE } from '../scenario/position.ts';
import type { Account } from '../scenario/sources.ts';
import { createUpstreamPath } from '../scenario/upstream-path.ts';
import type { MetricSources } from '../telemetry/gauges.ts';
import { openRecords } from './open-records.ts';
import type { SharedState } from './open-shared-state.ts';
import type { Upstream } from './open-upstream.ts';

/** An upstream account with everything that is its own. */
export interface OpenAccount extends Account {
  readonly gauges: MetricSources;
  /** Names what of it is not well. */
  degraded(): readonly string[];
  /** Ends every socket to the upstream. */
  close(): Promise<void>;
}

/** Bounds of memory, over all accounts. */
export interface AccountBudgets {
  /** Of reads. */
  readonly reads: MemoryBudget;
  /** Of the indexes of collections. */
  readonly index: MemoryBudget;
}

// 100 items with long texts and signed URLs fit many times; what is larger is no honest answer.
const MAX_ANSWER_BYTES = 1_048_576;
// In which the upstream counts.
const QUOTA_WINDOW_MS = 60_000;

/**
 * Puts together all that belongs to one upstream account: sockets, policies, reads, writes and cursors.
 * @param budgets bound the memory of what is kept, over all accounts
 */
export function openAccount(
  config: Config,
  { baseUrl, key, secret, projectId }: Upstream,
  { epoch, reads: store, idempotency, openIndexStore }: SharedState,
  budgets: AccountBudgets,
): OpenAccount {
  const { upstreamTimeoutMs: timeoutMs, deadlineMs: operationMs } = config;
  const proxy = proxyFor(baseUrl, config.proxyRules);
  const client = createClient({ baseUrl, proxy, key, secret, timeoutMs, maxBodyBytes: MAX_ANSWER_BYTES });
  const bulkhead = new Bulkhead(config.upstreamConnections);
  const breaker = withBreaker(withLimit(client.send, bulkhead), { attemptMs: timeoutMs, operationMs });
  // From the outside in: each attempt of a retry passes the pacing, the breaker and the queue again.
  const send = withCallLimit(withRetry(paced(breaker.send, config.upstreamRatePerMinute)));
  const { cacheTtlMs: ttlMs, staleIfErrorMs: staleMs } = config;
  const memory = { epoch, ttlMs, staleMs, store, budget: budgets.reads };
  const to = createUpstreamPath(projectId);
  const calls = new CollectionCalls(to);
  const hasSpareCapacity = (): boolean => breaker.state() === 'closed' && bulkhead.isHalfEmpty;
  const records = openRecords(config, { send, hasSpareCapacity }, calls, budgets.index, openIndexStore);
  const collections = new CollectionsApi(send, calls, memory, records);
  const credential = [key, projectId ?? ''];
  return {
    collections,
    index: { records, cursors: createPlaceCursorCodecs(secret, credential) },
    idempotentCreate: new IdempotentCreate(collections, idempotency),
    assets: new AssetsApi(send, to, memory),
    models: new ModelsApi(send, to, memory),
    lists: openLists(config, secret, credential),
    gauges: {
      queueDepth: () => bulkhead.waiting,
      callsInFlight: () => bulkhead.inUse,
      breakerState: breaker.state,
    },
    degraded: () => (breaker.state() === 'closed' ? [] : ['upstream']),
    close: () => {
      records.close();
      return client.close();
    },
  };
}

// Where pages are kept, the largest ones serve slices of all sizes.
function openLists(
  { maxPageWalk, cacheTtlMs }: Config,
  secret: string,
  credential: readonly string[],
): ListOptions {
  const cursors = createCursorCodecs(secret, ['collections', ...credential]);
  return { cursors, maxPageWalk, minPageSize: cacheTtlMs === 0 ? 1 : MAX_PAGE_SIZE };
}

// Where the quota is not known, calls wait only when the upstream says so.
function paced(send: Send, callsPerMinute: number): Send {
  if (callsPerMinute === 0) return withPause(send);
  return withPacing(send, new LocalPacing(shareQuota(callsPerMinute), QUOTA_WINDOW_MS));
}
