import { integer, milliseconds, redisUrl } from '../values.ts';
import { passwordsInRedisUrl } from './secrets.ts';
import { group, variable } from './variable.ts';

export function memoryVariables() {
  return group('Memory', {
    cacheTtlMs: variable(
      'CACHE_TTL_MS',
      milliseconds(0, 86_400_000, 0),
      "how old a read may be that is answered without a call; the gateway's own writes show at once; `0` keeps nothing",
      { isMain: true },
    ),
    staleIfErrorMs: variable(
      'STALE_IF_ERROR_MS',
      milliseconds(0, 86_400_000, 0),
      'how old a read may be that is answered because the Scenario API is down, throttles the gateway, or its quota is used up; `0` answers with the failure',
      { isMain: true },
    ),
    collectionIndexTtlMs: variable(
      'COLLECTION_INDEX_TTL_MS',
      milliseconds(1, 86_400_000, 60_000),
      "how old the index behind `filter`, `orderBy` and `totalCount` may be; the gateway's own writes show at once",
    ),
    maxIndexedCollections: variable(
      'MAX_INDEXED_COLLECTIONS',
      integer(1, 1_000_000, 5_000),
      'largest list of collections that is indexed; a larger one is `LIMIT_EXCEEDED`',
    ),
    redis: variable(
      'REDIS_URL',
      redisUrl.nullable().default(null),
      'where replicas share reads, the index of collections, idempotency keys and rate limits: one Redis, a cluster, or one with sentinels',
      { isMain: true, mayBeFile: true, secretTexts: passwordsInRedisUrl },
    ),
  });
}
