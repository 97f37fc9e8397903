import { describe, expect, onTestFinished } from 'vitest';
import { creates } from '../support/creates.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { startRedisCluster } from '../support/redis-cluster.ts';
import { startWatchedRedis } from '../support/redis-sentinels.ts';
import { redisTest as test } from '../support/redis-test.ts';
import { startScriptedUpstream } from '../support/scripted-upstream.ts';
import { nameKeeper, READ, RENAME, timed } from './replica-pair.ts';

const CREATE = `mutation ($key: String!) {
  createCollection(input: { name: "Props", idempotencyKey: $key }) {
    ... on CreateCollectionPayload { collection { scenarioId } }
  }
}`;
// What a request may be late by is 100 ms; the rest is for a machine that is busy.
const LATE_MS = 2_500;
// In which those who watch have noticed that a master is gone, and have made another.
const FAILOVER_MS = 30_000;

/** Two replicas of the gateway over the Redis at this URL, each of whose calls can be counted. */
async function openReplicas(url: string) {
  const [keeper, creator] = [nameKeeper(), creates()];
  const upstream = await startScriptedUpstream((request) =>
    request.method === 'POST' ? creator(request) : keeper(request),
  );
  onTestFinished(upstream.close);
  const env = { REDIS_URL: url, CACHE_TTL_MS: '60000', RATE_LIMIT_PER_MINUTE: '10000' };
  const open = async (): Promise<TestGateway> => {
    const gateway = await startGateway(upstream.url, env);
    onTestFinished(gateway.stop);
    return gateway;
  };
  const count = (method: string) => upstream.requests.filter((request) => request.method === method).length;
  return { first: await open(), second: await open(), count };
}

type Replicas = Awaited<ReturnType<typeof openReplicas>>;

async function isDegraded({ url }: TestGateway): Promise<boolean> {
  const response = await fetch(new URL('/readyz', url));
  return (await response.text()).includes('"redis"');
}

const untilShared = async ({ first, second }: Replicas) => {
  const areWell = async () => !(await isDegraded(first)) && !(await isDegraded(second));
  await expect.poll(areWell, { timeout: FAILOVER_MS, interval: 100 }).toBe(true);
};

/** What is shared is shared: reads, writes, keys. @returns what was seen, which is always the same */
async function share({ first, second, count }: Replicas, name: string) {
  const [posts, gets] = [count('POST'), count('GET')];
  await first.query(RENAME, { name });
  const seen = [await second.query(READ), await first.query(READ)].map(({ text }) =>
    text.includes(`"${name}"`),
  );
  const reads = count('GET') - gets;
  const created = await Promise.all([first, second].map((gateway) => gateway.query(CREATE, { key: name })));
  const ids = new Set(created.map(({ text }) => /"scenarioId":"(\w+)"/.exec(text)?.[1]));
  return { seen, reads: reads <= 2, ids: ids.size, hasId: !ids.has(undefined), posts: count('POST') - posts };
}

const SHARED = { seen: [true, true], reads: true, ids: 1, hasId: true, posts: 1 };

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
