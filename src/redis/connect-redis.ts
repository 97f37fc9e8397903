import { setTimeout } from 'node:timers/promises';
import type { Logger } from '../shared/logger.ts';
import type { RedisTarget } from '../shared/redis-target.ts';
import { openClient } from './open-client.ts';
import { reasonOf } from './redis-fault.ts';
import { SharedRedis } from './shared-redis.ts';

const PATIENCE_MS = 1_000;

/** A connection, and whoever knows that what replicas share works again. */
export interface RedisConnection {
  readonly redis: SharedRedis;
  /** Tells the log of the return, if it was told of the loss. */
  readonly returned: () => void;
}

/**
 * Connects, and waits a moment for it; later commands fail at once while Redis is unreachable, and nobody waits for it.
 * The loss of the connection is logged once.
 */
export async function connectRedis(target: RedisTarget, logger: Logger): Promise<RedisConnection> {
  const client = openClient(target);
  let isLost = false;
  client.on('error', (error: unknown) => {
    if (!isLost) logger.warn({ reason: reasonOf(error) }, 'Redis is unreachable: what replicas share is off');
    isLost = true;
  });
  const returned = (): void => {
    if (isLost) logger.info({}, 'Redis is back');
    isLost = false;
  };
  // A replica that serves before could not tell the others of its first writes.
  await Promise.race([new Promise((resolve) => client.once('ready', resolve)), setTimeout(PATIENCE_MS)]);
  return { redis: new SharedRedis(client), returned };
}
