import { setTimeout } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Logger } from '../shared/logger.ts';

// A request is late for a dead Redis by one such wait, and a write by a little more.
const COMMAND_TIMEOUT_MS = 80;
// So long without a word and the connection counts as lost: commands fail at once then. A process that was busy for a
// moment finds the answers behind it, and has only that command time out.
const SILENCE_MS = 250;
const PATIENCE_MS = 1_000;
const MAX_RECONNECT_DELAY_MS = 1_000;

/**
 * Connects, and waits a moment for it; later commands fail at once while Redis is not there, and nobody waits for it.
 * The loss and the return of the connection are logged once each.
 */
export async function connectRedis(url: string, logger: Logger): Promise<Redis> {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    commandTimeout: COMMAND_TIMEOUT_MS,
    socketTimeout: SILENCE_MS,
    connectTimeout: 1_000,
    maxRetriesPerRequest: 1,
    // A command that may have been carried out is not sent again.
    autoResendUnfulfilledCommands: false,
    retryStrategy: (times) => Math.min(times * 50, MAX_RECONNECT_DELAY_MS),
  });
  let isLost = false;
  redis.on('error', (err: Error) => {
    if (!isLost) logger.warn({ err }, 'Redis is not there: what replicas share is off');
    isLost = true;
  });
  redis.on('ready', () => {
    if (isLost) logger.info({}, 'Redis is back');
    isLost = false;
  });
  // A replica that serves before could not tell the others of its first writes.
  await Promise.race([new Promise((resolve) => redis.once('ready', resolve)), setTimeout(PATIENCE_MS)]);
  return redis;
}
