import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { everyCollection, globalId } from '../../support/front-door.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { type RedisServer, startRedis } from '../../support/redis-server.ts';
import { redisTest as it } from '../../support/redis-test.ts';
import { startScriptedUpstream } from '../../support/scripted-upstream.ts';
import { openFreezingProxy } from './freezing-proxy.ts';
import { ASKS_FOR_KEYS, bearing, type Key } from './keys.ts';

const ONE_CALL = '{ collection(id: "col_1") { name } }';
const IDS = Array.from({ length: 10 }, (_, index) => globalId(`c${index}`));
const TEN_CALLS = `{ nodes(ids: ${JSON.stringify(IDS)}) { id } }`;
const RECONNECT_MS = 8_000;

const has = ({ logLines }: TestGateway, words: string) => logLines.some((line) => line.includes(words));

/** Gateways that share a Redis, for as long as the test runs. */
async function openReplicas(redisUrl: string, env: Record<string, string>, count = 2) {
  const upstream = await startScriptedUpstream(everyCollection);
  const all = { REDIS_URL: redisUrl, RATE_LIMIT_PER_MINUTE: '40', ...env };
  const gateways = await Promise.all(Array.from({ length: count }, () => startGateway(upstream.url, all)));
  onTestFinished(async () => {
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    await upstream.close();
  });
  const ask = async (replica: number, key: Key = 'read-key', document = TEN_CALLS) => {
    const gateway = gateways[replica];
    if (!gateway) throw new Error(`There is no replica ${replica}.`);
    const startedAt = performance.now();
    const answer = await gateway.query(document, {}, bearing(key));
    const left = Number(/r=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1]);
    return { status: answer.status, left, ms: performance.now() - startedAt };
  };
  return { gateways, ask };
}

async function openRedis(): Promise<RedisServer> {
  const redis = await startRedis();
  onTestFinished(() => redis.kill());
  return redis;
}

/** Asks with another key until each of two replicas knows what the other has counted. */
async function untilShared(ask: Awaited<ReturnType<typeof openReplicas>>['ask']): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const first = await ask(0, 'full-key', ONE_CALL);
    const second = await ask(1, 'full-key', ONE_CALL);
    if (second.left === first.left - 1) return;
    await delay(100);
  }
  throw new Error('The replicas share no budget.');
}

describe('with a Redis, the budget of a caller', () => {
  it('is one for all replicas, and each caller has one', async () => {
    const redis = await openRedis();
    const { ask } = await openReplicas(redis.url, ASKS_FOR_KEYS);
    await untilShared(ask);
    const statuses: number[] = [];
    for (const replica of [0, 1, 0, 1, 0, 1]) statuses.push((await ask(replica)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
  });

  it('is another one over another credential, whose quota is another', async () => {
    const redis = await openRedis();
    const { ask } = await openReplicas(redis.url, ASKS_FOR_KEYS);
    await untilShared(ask);
    const { ask: askOther } = await openReplicas(
      redis.url,
      { ...ASKS_FOR_KEYS, SCENARIO_SDK_API_KEY: 'other' },
      1,
    );
    for (let turn = 0; turn < 4; turn += 1) await ask(0);
    expect([(await ask(1)).status, (await askOther(0)).status]).toEqual([429, 200]);
  });

  it('is each replica’s own once Redis is dead, shared again when it is back; nobody waits for it', async () => {
    const redis = await openRedis();
    const { ask, gateways } = await openReplicas(redis.url, ASKS_FOR_KEYS);
    await untilShared(ask);
    await redis.kill();
    await eventually(
      'the loss is told',
      () => gateways.every((gateway) => has(gateway, 'Redis is not there')),
      RECONNECT_MS,
    );
    const alone = [];
    for (const replica of [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]) alone.push(await ask(replica));
    expect(alone.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429, 200, 200, 200, 200, 429]);
    await redis.restart();
    await eventually(
      'the return is told',
      () => gateways.every((gateway) => has(gateway, 'Redis is back')),
      RECONNECT_MS,
    );
    const statuses = [];
    for (const replica of [0, 1, 0, 1, 0, 1]) statuses.push((await ask(replica)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
  });

  it('is each replica’s own, and not waited for long, where Redis takes what it is sent and says nothing', async () => {
    const redis = await openRedis();
    const proxy = await openFreezingProxy(redis.url);
    const { ask } = await openReplicas(proxy.url, ASKS_FOR_KEYS);
    await untilShared(ask);
    proxy.freeze();
    const answers = [];
    for (let turn = 0; turn < 5; turn += 1) answers.push(await ask(0));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429]);
    // 100 ms are the promise; the rest is for a machine that is busy.
    for (const { ms } of answers) expect(ms).toBeLessThan(1_000);
  });
});
