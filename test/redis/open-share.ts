import { onTestFinished } from 'vitest';
import { createLogger } from '../../src/boot/open-logger.ts';
import { openRedis, type RedisShare } from '../../src/redis/open-redis.ts';
import { parseRedisUrl } from '../../src/shared/redis-target.ts';
import type { RedisServer } from '../support/redis-server.ts';

const SCOPE = '{test}';

/** What a replica shares over this Redis, for as long as the test runs. */
export async function openShare(redis: RedisServer, unsettledMs: number): Promise<RedisShare> {
  const target = parseRedisUrl(redis.url);
  if (!target.ok) throw new Error('the URL of Redis cannot be read');
  const logger = createLogger({ logLevel: 'silent', secrets: [] }, { write: () => {} });
  const { share, close } = await openRedis(target.value, SCOPE, unsettledMs, logger);
  onTestFinished(close);
  return share(SCOPE);
}
