import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { creates } from '../support/creates.ts';
import { honest, scriptOf, startFakeRedis } from '../support/fake-redis.ts';
import { oneCollection } from '../support/front-door.ts';
import { startGateway } from '../support/gateway.ts';
import { startRedis } from '../support/redis-server.ts';
import { redisTest } from '../support/redis-test.ts';
import { startScriptedUpstream } from '../support/scripted-upstream.ts';
import { readSeries } from '../telemetry/series.ts';
import { startWatchedGateway } from '../telemetry/watched-gateway.ts';

const CREATE = `mutation ($key: String!) {
  createCollection(input: { name: "Props", idempotencyKey: $key }) {
    ... on CreateCollectionPayload { collection { scenarioId } }
  }
}`;

async function degradedOf(url: string): Promise<string> {
  return (await fetch(new URL('/readyz', url))).text();
}

const REFUSALS = [
  "READONLY You can't write against a read only replica.",
  'OOM command not allowed when used memory > maxmemory.',
  'MISCONF Redis is configured to save RDB snapshots, but it is currently unable to persist to disk.',
  'NOREPLICAS Not enough good replicas to write.',
  'LOADING Redis is loading the dataset in memory',
  "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
  'CLUSTERDOWN The cluster is down',
  'NOPERM User gateway has no permissions to run the set command',
  'ERR Error running script (call to f_1): @user_script:1: @user_script: 1: -READONLY You cannot write',
];

test.each(REFUSALS)(
  'a Redis that refuses writes with %j is told as degraded, though nobody asks for anything, until it takes them again',
  async (refusal) => {
    const redis = await startFakeRedis();
    const metrics = createMetrics();
    const gateway = await startWatchedGateway(metrics, () => oneCollection(), { REDIS_URL: redis.url });
    metrics.watch(gateway.gauges);
    const state = async () => [
      (await degradedOf(gateway.url)).includes('"redis"'),
      readSeries(await metrics.render()).get('gateway_redis_up'),
    ];
    expect(await state()).toEqual([false, 1]);
    redis.spoil = (text, command) => (scriptOf(command).script.includes("'SET'") ? `-${refusal}\r\n` : text);
    await expect.poll(state, { timeout: 10_000 }).toEqual([true, 0]);
    redis.spoil = honest;
    await expect.poll(state, { timeout: 10_000 }).toEqual([false, 1]);
  },
);

/** Stands for the one address of a managed Redis: leads new connections to whoever is the primary. */
async function openAddress(port: number) {
  const sockets = new Set<Socket>();
  const address = { port };
  const server = createServer((client) => {
    const target = connect(address.port, '127.0.0.1');
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    client.on('close', () => target.destroy()).pipe(target);
    target.on('close', () => client.destroy()).pipe(client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const own = server.address();
  return {
    url: `redis://127.0.0.1:${typeof own === 'object' ? own?.port : ''}`,
    leadTo: (primary: number) => {
      address.port = primary;
    },
  };
}

redisTest(
  'a managed failover heals by itself: who is left connected to the old primary goes to the new one',
  async () => {
    await using old = await startRedis();
    await using next = await startRedis();
    const [oldAdmin, nextAdmin] = [new Redis(old.url), new Redis(next.url)];
    onTestFinished(() => {
      oldAdmin.disconnect();
      nextAdmin.disconnect();
    });
    for (const admin of [oldAdmin, nextAdmin]) admin.on('error', () => {});
    const address = await openAddress(old.port);
    const upstream = await startScriptedUpstream(creates());
    onTestFinished(upstream.close);
    const gateway = await startGateway(upstream.url, { REDIS_URL: address.url, CACHE_TTL_MS: '60000' });
    onTestFinished(gateway.end);
    expect((await gateway.query(CREATE, { key: 'before' })).text).toContain('"scenarioId":"col_1"');

    address.leadTo(next.port);
    await oldAdmin.replicaof('127.0.0.1', String(next.port));
    await expect
      .poll(async () => (await gateway.query(CREATE, { key: 'after' })).text, {
        timeout: 15_000,
        interval: 200,
      })
      .toContain('"scenarioId":"col_2"');
    expect(await nextAdmin.keys('scg:create:*:key:*')).toHaveLength(1);
    await expect.poll(() => degradedOf(gateway.url)).not.toContain('"redis"');
  },
);
