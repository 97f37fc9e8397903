import { setTimeout } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Logger } from '../shared/logger.ts';
import { reasonOf, SharedRedis } from './shared-redis.ts';
import { superviseConnection } from './supervise-connection.ts';

const PATIENCE_MS = 1_000;
const MAX_RECONNECT_DELAY_MS = 1_000;

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
export async function connectRedis(url: string, logger: Logger): Promise<RedisConnection> {
  const client = new Redis(url, {
    enableOfflineQueue: false,
    connectTimeout: 1_000,
    maxRetriesPerRequest: 1,
    // A command that may have been carried out is not sent again.
    autoResendUnfulfilledCommands: false,
    retryStrategy: (times) => Math.min(times * 50, MAX_RECONNECT_DELAY_MS),
  });
  superviseConnection(client);
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
