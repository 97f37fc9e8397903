import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { startRedis } from '../support/redis-server.ts';
import { redisTest as test } from '../support/redis-test.ts';
import { json, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';

const READ = '{ collection(id: "col_1") { name } }';
const RENAME = `mutation ($name: String!) {
  updateCollection(input: { id: "col_1", name: $name }) { __typename }
}`;

async function openReplicas() {
  let name = 'old';
  const upstream = await startScriptedUpstream(({ method, body }) => {
    if (method === 'PUT') name = JSON.parse(body).name;
    return json({ collection: wireCollection({ name }) });
  });
  const redis = await startRedis();
  const env = { REDIS_URL: redis.url, CACHE_TTL_MS: '60000' };
  const first = await startGateway(upstream.url, env);
  const second = await startGateway(upstream.url, env);
  await delay(300);
  return {
    upstream,
    redis,
    first,
    second,
    [Symbol.asyncDispose]: async () => {
      await first.stop();
      await second.stop();
      await upstream.close();
      await redis.kill();
    },
  };
}

test('a write through one replica shows at once through the other', async () => {
  await using bench = await openReplicas();
  for (let round = 0; round < 20; round += 1) {
    const [writer, reader] = round % 2 === 0 ? [bench.first, bench.second] : [bench.second, bench.first];
    await reader.query(READ);
    await writer.query(RENAME, { name: `round ${round}` });
    expect((await reader.query(READ)).text).toContain(`"round ${round}"`);
    expect((await writer.query(READ)).text).toContain(`"round ${round}"`);
  }
});

test('while Redis is down nothing is answered from memory, and no request waits for it', async () => {
  await using bench = await openReplicas();
  await bench.first.query(READ);
  await bench.redis.kill();
  await bench.second.query(RENAME, { name: 'meanwhile' });
  const startedAt = performance.now();
  expect((await bench.first.query(READ)).text).toContain('"meanwhile"');
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

test('a Redis that lost its data does not bring old reads back', async () => {
  await using bench = await openReplicas();
  await bench.first.query(READ);
  await bench.redis.restart();
  await bench.second.query(RENAME, { name: 'after' });
  await delay(1_500);
  expect((await bench.first.query(READ)).text).toContain('"after"');
});
