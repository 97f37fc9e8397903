import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { describe, expect, onTestFinished } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { everyCollection, globalId } from '../../support/front-door.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { type RedisServer, startRedis } from '../../support/redis-server.ts';
import { redisTest as it } from '../../support/redis-test.ts';
import { json, type Reply, startScriptedUpstream } from '../../support/scripted-upstream.ts';
import { openFreezingProxy } from './freezing-proxy.ts';
import { ASKS_FOR_KEYS, bearing, type Key } from './keys.ts';

const ONE_CALL = '{ collection(id: "col_1") { name } }';
const OTHER_CALL = '{ collection(id: "col_2") { name } }';

/** A query that makes ten calls; those of another name share none of them. */
const tenCalls = (name: string): string => {
  const ids = Array.from({ length: 10 }, (_, index) => globalId(`${name}${index}`));
  return `{ nodes(ids: ${JSON.stringify(ids)}) { id } }`;
};
const RECONNECT_MS = 8_000;

const has = ({ logLines }: TestGateway, words: string) => logLines.some((line) => line.includes(words));

/** Gateways that share a Redis, for as long as the test runs. */
async function openReplicas(redisUrl: string, env: Record<string, string>, count = 2) {
  const upstream = await startScriptedUpstream(everyCollection);
  const all = { REDIS_URL: redisUrl, RATE_LIMIT_PER_MINUTE: '40', ...env };
  const gateways = await Promise.all(Array.from({ length: count }, () => startGateway(upstream.url, all)));
  onTestFinished(async () => {
    await Promise.all(gateways.map((gateway) => gateway.end()));
    await upstream.close();
  });
  const ask = async (replica: number, key: Key = 'read-key', document = tenCalls('c')) => {
    const gateway = gateways[replica];
    if (!gateway) throw new Error(`There is no replica ${replica}.`);
    const startedAt = performance.now();
    const answer = await gateway.query(document, {}, bearing(key));
    const left = Number(/r=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1]);
    const resetS = Number(/t=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1]);
    return { status: answer.status, left, resetS, ms: performance.now() - startedAt };
  };
  return { gateways, upstream, ask };
}

async function openRedis(): Promise<RedisServer> {
  const redis = await startRedis();
  onTestFinished(() => redis.kill());
  return redis;
}

/**
 * Has the minute of the reader end after so long: at once, unless told otherwise.
 * @returns how long it would have taken, for each key of it
 */
async function endMinutes(redisUrl: string, afterMs = 1): Promise<readonly number[]> {
  const redis = new Redis(redisUrl);
  const keys = await redis.keys('scg:calls:*:reader');
  expect(keys.length).toBeGreaterThan(0);
  const leftMs = await Promise.all(keys.map((key) => redis.pttl(key)));
  for (const key of keys) await redis.pexpire(key, afterMs);
  await delay(20);
  redis.disconnect();
  return leftMs;
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

  it('is not used up by operations that are refused, and holds for 20 at once', async () => {
    const redis = await openRedis();
    const { ask } = await openReplicas(redis.url, ASKS_FOR_KEYS);
    await untilShared(ask);
    await ask(0, 'read-key', ONE_CALL);
    const many = await Promise.all(
      Array.from({ length: 20 }, (_, index) => ask(index % 2, 'read-key', tenCalls(`${index}-`))),
    );
    expect(many.filter(({ status }) => status === 200)).toHaveLength(3);
    const answers = [];
    for (let turn = 0; turn < 10; turn += 1) answers.push(await ask(turn % 2, 'read-key', ONE_CALL));
    expect(answers.slice(0, 9).map(({ status, left }) => [status, left])).toEqual(
      Array.from({ length: 9 }, (_, index) => [200, 8 - index]),
    );
    expect(answers[9]).toMatchObject({ status: 429, left: 0 });
  });

  it.each([
    ['in the same minute', false, 37],
    ['but not when that minute is over', true, 38],
  ])('gets back what it did not call for, %s', async (_when, isOver, left) => {
    const redis = await openRedis();
    const { ask, upstream } = await openReplicas(redis.url, ASKS_FOR_KEYS);
    await untilShared(ask);
    const held: (() => void)[] = [];
    upstream.answer = (request) =>
      new Promise<Reply>((resolve) => held.push(() => resolve(everyCollection(request))));
    const first = ask(0, 'read-key', ONE_CALL);
    await eventually('the first read is sent', () => held.length === 1);
    const joined = ask(0, 'read-key', ONE_CALL);
    await delay(100);
    upstream.answer = everyCollection;
    if (isOver) await endMinutes(redis.url);
    expect((await ask(1, 'read-key', OTHER_CALL)).left).toBe(isOver ? 39 : 37);
    held[0]?.();
    await Promise.all([first, joined]);
    await delay(100);
    expect((await ask(1, 'read-key', OTHER_CALL)).left).toBe(left);
  });

  it('is charged for retries too', async () => {
    const redis = await openRedis();
    const { ask, upstream } = await openReplicas(redis.url, ASKS_FOR_KEYS);
    await untilShared(ask);
    upstream.answer = () => json({}, 503);
    const before = upstream.requests.length;
    await ask(0, 'read-key', ONE_CALL);
    const attempts = upstream.requests.length - before;
    expect(attempts).toBeGreaterThan(1);
    await delay(100);
    upstream.answer = everyCollection;
    expect((await ask(1, 'read-key', ONE_CALL)).left).toBe(40 - attempts - 1);
  });

  it('is told to be whole within a minute, also when the clock of Redis was set back', async () => {
    const redis = await openRedis();
    const { ask } = await openReplicas(redis.url, ASKS_FOR_KEYS);
    await untilShared(ask);
    await ask(0);
    await endMinutes(redis.url, 3_600_000);
    expect((await ask(1)).resetS).toBeLessThanOrEqual(60);
    for (const leftMs of await endMinutes(redis.url)) expect(leftMs).toBeLessThanOrEqual(60_000);
    expect(await ask(0)).toMatchObject({ status: 200, left: 30 });
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
      () => gateways.every((gateway) => has(gateway, 'Redis is unreachable')),
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
