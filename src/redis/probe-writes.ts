import type { RedisWriteEpoch } from './redis-write-epoch.ts';
import type { SharedRedis } from './shared-redis.ts';

const PREFIX = 'scg:probe:1:';
const INTERVAL_MS = 1_000;
const LIFETIME_MS = 60_000;

const PROBE = `
redis.call('SET', KEYS[1], '', 'PX', ARGV[2])
return {ARGV[1]}`;

/**
 * Writes once a second, so that a Redis that is silent or takes no writes is known before anybody needs it.
 * @returns stops it
 */
export function probeWrites(redis: SharedRedis, epoch: RedisWriteEpoch, scope: string): () => void {
  const probe = async (): Promise<void> => {
    // Whoever is away tries to write all the while.
    if (epoch.isAway) return;
    try {
      await redis.run(PROBE, [PREFIX + scope], LIFETIME_MS);
    } catch {
      epoch.suspend();
    }
  };
  const timer = setInterval(() => void probe(), INTERVAL_MS).unref();
  return () => clearInterval(timer);
}
