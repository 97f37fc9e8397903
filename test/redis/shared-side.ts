import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';
import { shareQuota } from '../../src/http/pacing/quota-shares.ts';
import { PacingStore } from '../../src/redis/pacing-store.ts';
import { SharedRedis } from '../../src/redis/shared-redis.ts';
import { type PacedSide, WINDOW_MS } from '../http/paced-sides.ts';
import type { RedisServer } from '../support/redis-server.ts';

const TIME = "redis.call('TIME')";
// Before it lie all moments that tests begin with.
const EPOCH_S = 1_000_000;

/** A Redis whose scripts read the clock of the test. */
class ClockedRedis extends SharedRedis {
  override run(script: string, keys: readonly string[], ...args: readonly (string | number)[]) {
    const now = Math.round(performance.now());
    const time = `{${EPOCH_S + Math.floor(now / 1_000)}, ${(now % 1_000) * 1_000}}`;
    return super.run(script.replaceAll(TIME, time), keys, ...args);
  }
}

let scopes = 0;

/** All replicas over this Redis, on the clock of the test. @param quota calls in a window */
export function openSharedSide(redis: RedisServer, quota: number): PacedSide {
  const client = new Redis(redis.url);
  onTestFinished(() => client.disconnect());
  scopes += 1;
  const store = new PacingStore(new ClockedRedis(client), `{test-${scopes}}`, WINDOW_MS);
  const parts = new Map<string, 'reads' | 'writes'>();
  return {
    enter: async (call) => {
      const { part, waitMs, isRefused } = await store.enter(call, shareQuota(quota));
      if (part === null) return `${isRefused ? 'told' : 'waits'} ${waitMs}`;
      parts.set(call.id, part);
      return 'starts';
    },
    end: async (id, wasSent) =>
      store.record(parts.get(id) ?? 'reads', new Map([[id, wasSent ? WINDOW_MS : 0]])),
    cancel: (call) => store.cancel(call),
    throttled: (pauseMs) => store.throttled(pauseMs),
  };
}
