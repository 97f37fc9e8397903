import { integer, redisUrl } from '../values.ts';
import { passwordInUrl } from './secrets.ts';
import { group, variable } from './variable.ts';

export function memoryVariables() {
  return group('Memory', {
    cacheTtlMs: variable(
      'CACHE_TTL_MS',
      integer(0, 86_400_000, 0),
      "how old a read may be that is answered without a call; the gateway's own writes show at once; `0` keeps nothing",
      { isMain: true },
    ),
    staleIfErrorMs: variable(
      'STALE_IF_ERROR_MS',
      integer(0, 86_400_000, 0),
      'how old a read may be that is answered because the Scenario API is down; `0` answers with the failure',
      { isMain: true },
    ),
    redisUrl: variable(
      'REDIS_URL',
      redisUrl.nullable().default(null),
      'where replicas share reads (`CACHE_TTL_MS`), idempotency keys and rate limits',
      { isMain: true, mayBeFile: true, secretTexts: passwordInUrl },
    ),
  });
}
