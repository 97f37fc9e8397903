import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { openFreezingProxy } from '../server/front-door/freezing-proxy.ts';
import { ASKS_FOR_KEYS, bearing, type Key } from '../server/front-door/keys.ts';
import { creates } from '../support/creates.ts';
import { startGateway } from '../support/gateway.ts';
import { redisTest as test } from '../support/redis-test.ts';
import { json, reset } from '../support/scripted-upstream.ts';
import { CREATE, openBench } from './keyed-create-bench.ts';

describe.each([
  ['in memory', 1],
  ['over Redis, through either of two replicas', 2],
])('a key of a create, %s,', (_where, replicas) => {
  const last = replicas - 1;

  test('gives the first answer again and creates once', async () => {
    await using bench = await openBench(creates(), replicas);
    const first = await bench.create('Props', 'key-1');
    expect(first).toContain('"scenarioId":"col_1"');
    expect(await bench.create('Props', 'key-1', last)).toBe(first);
    expect(bench.upstream.requests).toHaveLength(1);
  });

  test('used 50 times at once creates once', async () => {
    await using bench = await openBench(creates(), replicas);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => bench.create('Props', 'key-1', index % replicas)),
    );
    expect(new Set(answers).size).toBe(1);
    expect(bench.upstream.requests).toHaveLength(1);
  });

  test('is refused for another name', async () => {
    await using bench = await openBench(creates(), replicas);
    await bench.create('Props', 'key-1');
    expect(await bench.create('Trees', 'key-1', last)).toContain('"ConflictError","code":"CONFLICT"');
    expect(bench.upstream.requests).toHaveLength(1);
  });

  test('answers unknown again after an unknown outcome, and never creates twice', async () => {
    await using bench = await openBench(() => reset, replicas);
    expect(await bench.create('Props', 'key-1')).toContain('WRITE_OUTCOME_UNKNOWN');
    bench.upstream.answer = creates();
    expect(await bench.create('Props', 'key-1', last)).toContain('WRITE_OUTCOME_UNKNOWN');
    expect(bench.upstream.requests).toHaveLength(1);
  });

  test('is free again when the create certainly changed nothing', async () => {
    await using bench = await openBench(() => json({ reason: 'no' }, 400), replicas);
    expect(await bench.create('Props', 'key-1')).toContain('BAD_USER_INPUT');
    bench.upstream.answer = creates();
    expect(await bench.create('Props', 'key-1', last)).toContain('"scenarioId":"col_1"');
  });
});

test('the same key of another caller is another key, also over Redis', async () => {
  await using bench = await openBench(creates(), 2, ASKS_FOR_KEYS);
  const create = (apiKey: Key, replica: number) => bench.create('Props', 'key-1', replica, bearing(apiKey));
  const first = await create('full-key', 0);
  expect(first).toContain('"scenarioId":"col_1"');
  expect(await create('write-key', 0)).toContain('"scenarioId":"col_2"');
  expect(await create('full-key', 1)).toBe(first);
});

test('the same key over another credential is another key, in the same Redis', async () => {
  await using bench = await openBench(creates(), 2);
  await using other = await startGateway(bench.upstream.url, {
    REDIS_URL: bench.redis?.url ?? '',
    SCENARIO_SDK_API_KEY: 'another-key',
  });
  expect(await bench.create('Props', 'key-1')).toContain('"scenarioId":"col_1"');
  const answer = await other.query(CREATE, { name: 'Props', key: 'key-1' });
  expect(answer.text).toContain('"scenarioId":"col_2"');
});

test('two keys, and no key, create each time', async () => {
  await using bench = await openBench(creates(), 1);
  for (const key of ['a', 'b', null, null]) await bench.create('Props', key);
  expect(bench.upstream.requests).toHaveLength(4);
});

test('a malformed key is refused with no upstream call', async () => {
  await using bench = await openBench(creates(), 1);
  for (const key of ['', 'with space', 'ü', 'x'.repeat(129)]) {
    expect(await bench.create('Props', key)).toContain('BAD_USER_INPUT');
  }
  expect(bench.upstream.requests).toEqual([]);
});

test('without its Redis a keyed create is refused as overloaded, and an unkeyed one works', async () => {
  await using bench = await openBench(creates(), 2);
  await bench.redis?.kill();
  const refused = await bench.create('Props', 'key-1');
  expect(refused).toContain('"code":"OVERLOADED"');
  expect(refused).toContain('"retryable":true');
  expect(bench.upstream.requests).toEqual([]);
  expect(await bench.create('Props', null)).toContain('"scenarioId":"col_1"');
  await bench.redis?.restart();
  await delay(1_500);
  expect(await bench.create('Props', 'key-1')).toContain('"scenarioId":"col_2"');
});

test('a claim that reaches Redis late is taken back, and one of another replica is left as it is', async () => {
  await using bench = await openBench(creates(), 2);
  const proxy = await openFreezingProxy(bench.redis?.url ?? '');
  await using late = await startGateway(bench.upstream.url, { REDIS_URL: proxy.url });
  await delay(300);
  const first = await bench.create('Props', 'key-1');
  proxy.freeze();
  const keys = ['key-1', 'key-2'];
  const refused = await Promise.all(keys.map((key) => late.query(CREATE, { name: 'Props', key })));
  for (const { text } of refused) expect(text).toContain('"code":"OVERLOADED"');
  proxy.thaw();
  // It waits for as long as the key is claimed.
  expect(await bench.create('Props', 'key-2', 1)).toContain('"scenarioId":"col_2"');
  expect(await bench.create('Props', 'key-1', 1)).toBe(first);
  expect(bench.upstream.requests).toHaveLength(2);
});
