import type { KeyBudget } from '../cache/key-budget.ts';
import type { MemoryBudget } from '../cache/memory-budget.ts';
import type { AccountConfig, Config } from '../config/config.ts';
import { CollectionsApi } from '../scenario/collections/collections-api.ts';
import { IdempotentCreate } from '../scenario/collections/idempotent-create.ts';
import { createPlaceCursorCodecs } from '../scenario/collections/place-cursor.ts';
import { createCursorCodecs } from '../scenario/cursor.ts';
import type { ListOptions } from '../scenario/list-source.ts';
import { MAX_PAGE_SIZE } from '../scenario/position.ts';
import { createReads } from '../scenario/sources.ts';
import { AnswerCache } from '../server/answers/answer-cache.ts';
import type { CallerAccount } from '../server/request-context.ts';
import { type AccountName, DEFAULT_ACCOUNT } from '../shared/brands.ts';
import type { AccountGauges } from '../telemetry/gauges.ts';
import { openRecords } from './open-records.ts';
import type { AccountState } from './open-shared-state.ts';
import { openUpstreamWay } from './open-upstream-way.ts';

/** An upstream account with everything that is its own. */
export interface OpenAccount extends CallerAccount {
  readonly gauges: AccountGauges;
  /** Names what of it is not well. */
  degraded(): readonly string[];
  /** Ends every socket to the upstream. */
  close(): Promise<void>;
}

/** What all accounts have in common. */
export interface AccountSurroundings {
  /** Where the upstream is. */
  readonly baseUrl: URL;
  /** Bounds the memory of reads and whole answers. */
  readonly reads: MemoryBudget;
  /** Bounds the keys of reads in flight. */
  readonly inFlightKeys: KeyBudget;
  /** Bounds the memory of the indexes of collections. */
  readonly index: MemoryBudget;
  /** Gives another number whenever an equal request may mean something else, or nothing any more. */
  readonly edition: () => number;
}

/**
 * Puts together all that belongs to one upstream account: sockets, policies, reads, writes and cursors. No two of them have
 * any of it in common.
 */
export function openAccount(
  config: Config,
  account: AccountConfig,
  { epoch, reads: store, idempotency, openIndexStore, openPacing: openSharedPacing }: AccountState,
  { baseUrl, reads: budget, inFlightKeys, index: indexBudget, edition }: AccountSurroundings,
): OpenAccount {
  const { name, key, secret, projectId } = account;
  const { cacheTtlMs: ttlMs, staleIfErrorMs: staleMs } = config;
  const way = openUpstreamWay(config, account, baseUrl, openSharedPacing);
  const memory = { epoch, ttlMs, staleMs, store, budget, inFlightKeys };
  const readWay = { send: way.send, memory };
  const records = openRecords(config, way, indexBudget, openIndexStore);
  const collections = new CollectionsApi(readWay, records);
  const credential = [key, projectId ?? ''];
  return {
    ...createReads(readWay),
    name,
    collections,
    index: { records, cursors: createPlaceCursorCodecs(secret, credential) },
    idempotentCreate: new IdempotentCreate(collections, idempotency),
    lists: openLists(config, secret, credential),
    answers: ttlMs === 0 ? null : new AnswerCache(epoch, ttlMs, budget, edition),
    gauges: way.gauges,
    degraded: () => (way.isOpen() ? [] : [nameOfTrouble(name)]),
    close: () => {
      records.close();
      return way.close();
    },
  };
}

function nameOfTrouble(account: AccountName): string {
  return account === DEFAULT_ACCOUNT ? 'upstream' : `upstream:${account}`;
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
