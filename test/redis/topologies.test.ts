import { describe, expect } from 'vitest';
import { startRedisCluster } from '../support/redis-cluster.ts';
import { startWatchedRedis } from '../support/redis-sentinels.ts';
import { redisTest as test } from '../support/redis-test.ts';
import { READ, RENAME, timed } from './replica-pair.ts';
import { FAILOVER_MS, isDegraded, openReplicas, SHARED, share, untilShared } from './shared-by-all.ts';

// What a request may be late by is 100 ms; the rest is for a machine that is busy.
const LATE_MS = 2_500;

describe('over Redis Cluster', () => {
  test('everything is shared, in one slot, and again when the master of that slot was lost', {
    timeout: 120_000,
  }, async () => {
    const cluster = await startRedisCluster();
    const replicas = await openReplicas(cluster.url);
    const { first, second } = replicas;
    await untilShared(replicas);
    expect(await share(replicas, 'before')).toEqual(SHARED);
    const keys = await cluster.keys('scg:*');
    expect(new Set(keys.map((key) => /\{.*?\}/.exec(key)?.[0])).size).toBe(1);
    expect(keys).toContainEqual(expect.stringMatching(/^scg:pace:.*:reads$/));

    await cluster.killMasterOf(keys.find((key) => key.startsWith('scg:epoch')) ?? '');
    for (const gateway of [first, second]) {
      await gateway.query(READ);
      await gateway.query(RENAME, { name: 'alone' });
      const { text, ms } = await timed(gateway, READ);
      expect([text.includes('"alone"'), ms < LATE_MS]).toEqual([true, true]);
    }
    expect([await isDegraded(first), await isDegraded(second)]).toEqual([true, true]);
    await untilShared(replicas);
    expect(await share(replicas, 'after')).toEqual(SHARED);
  });
});

describe('over Redis with Sentinel', () => {
  test('everything is shared, and again when the master was lost or another one was made it', {
    timeout: 120_000,
  }, async () => {
    const watched = await startWatchedRedis();
    const replicas = await openReplicas(watched.url);
    const { first, second } = replicas;
    await untilShared(replicas);
    expect(await share(replicas, 'before')).toEqual(SHARED);

    const lost = await watched.master();
    await lost.kill();
    for (const gateway of [first, second]) {
      await gateway.query(RENAME, { name: 'alone' });
      const { text, ms } = await timed(gateway, READ);
      expect([text.includes('"alone"'), ms < LATE_MS]).toEqual([true, true]);
    }
    await expect
      .poll(async () => (await watched.master()).port, { timeout: FAILOVER_MS })
      .not.toBe(lost.port);
    await untilShared(replicas);
    expect(await share(replicas, 'after')).toEqual(SHARED);

    const replaced = await watched.master();
    await watched.failOver();
    await expect
      .poll(async () => (await watched.master()).port, { timeout: FAILOVER_MS })
      .not.toBe(replaced.port);
    await expect
      .poll(() => share(replicas, `again-${Math.random()}`), { timeout: FAILOVER_MS, interval: 200 })
      .toEqual(SHARED);
  });
});
