import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { openFreezingProxy } from '../server/front-door/freezing-proxy.ts';
import { redisTest as test } from '../support/redis-test.ts';
import {
  LIST,
  linesOnRedis,
  nameKeeper,
  openClient,
  openPair,
  READ,
  RENAME,
  timed,
  untilBack,
  untilLost,
} from './replica-pair.ts';

// 100 ms are the promise; the rest is for a machine that is busy. Who waited for a Redis that says nothing would wait longer.
const LATE_MS = 2_500;

type Proxy = Awaited<ReturnType<typeof openFreezingProxy>>;

/** Two replicas, each of which can be cut off from Redis alone. */
async function openCuttable(env: Record<string, string> = {}) {
  const proxies: Proxy[] = [];
  const pair = await openPair(nameKeeper(), env, async (url) => {
    const [one, other] = [await openFreezingProxy(url), await openFreezingProxy(url)];
    proxies.push(one, other);
    return [one.url, other.url];
  });
  const each = (act: (proxy: Proxy) => void) => () => proxies.forEach(act);
  return { ...pair, proxies, freeze: each((proxy) => proxy.freeze()), thaw: each((proxy) => proxy.thaw()) };
}

type Loss = (pair: Awaited<ReturnType<typeof openCuttable>>) => Promise<void> | void;
const LOSSES: [form: string, lose: Loss, comeBack: Loss][] = [
  ['is dead', ({ redis }) => redis.kill(), ({ redis }) => redis.restart()],
  ['says nothing', ({ freeze }) => freeze(), ({ thaw }) => thaw()],
];

describe.each(LOSSES)('while Redis %s', (_form, lose, comeBack) => {
  test.each([READ, LIST])(
    'reads are answered from memory, and late by no more than a moment: %s',
    async (document) => {
      const pair = await openCuttable();
      const { first, reads } = pair;
      await first.query(document);
      await lose(pair);
      const answers = [];
      for (let turn = 0; turn < 10; turn += 1) answers.push(await timed(first, document));
      for (const { text, ms } of answers) {
        expect(text).toContain('"name":"old"');
        expect(ms).toBeLessThan(LATE_MS);
      }
      // What was read before the loss may have been made old by another replica, just before it.
      expect(reads()).toBe(2);
    },
  );

  test("a replica's own write shows at once, and is late by no more than a moment", async () => {
    const pair = await openCuttable();
    const { first } = pair;
    await first.query(READ);
    await lose(pair);
    for (let round = 0; round < 5; round += 1) {
      const name = `round ${round}`;
      await first.query(READ);
      expect((await timed(first, RENAME, { name })).ms).toBeLessThan(LATE_MS);
      expect((await first.query(READ)).text).toContain(name);
    }
  });

  test('the log says so once, and once that it is back', async () => {
    const pair = await openCuttable();
    const { first, second } = pair;
    await lose(pair);
    for (let turn = 0; turn < 10; turn += 1) {
      await Promise.all([first.query(READ), second.query(RENAME, { name: `turn ${turn}` })]);
      await delay(60);
    }
    await comeBack(pair);
    await untilBack(first, second);
    await first.query(READ);
    for (const replica of [first, second])
      expect(linesOnRedis(replica)).toEqual([
        'Redis is unreachable: what replicas share is off',
        'Redis is back',
      ]);
  });

  test('readiness says so', async () => {
    const pair = await openCuttable();
    await lose(pair);
    const isDegraded = async () => {
      await pair.first.query(READ);
      const answer = await fetch(new URL('/readyz', pair.first.url));
      return (await answer.text()).includes('"redis"');
    };
    for (let turn = 0; turn < 40 && !(await isDegraded()); turn += 1) await delay(50);
    expect(await isDegraded()).toBe(true);
  });

  test('nothing that was kept before or meanwhile is used when it is back', async () => {
    const pair = await openCuttable();
    const { first, second } = pair;
    for (const document of [READ, LIST]) await first.query(document);
    await lose(pair);
    for (const document of [READ, LIST]) await first.query(document);
    await second.query(RENAME, { name: 'meanwhile' });
    await untilLost(first, second);
    await comeBack(pair);
    await untilBack(first, second);
    for (const document of [READ, LIST]) expect((await first.query(document)).text).toContain('"meanwhile"');
  });
});

test('a request that would ask Redis for the budget, for what is kept and for a write is late once', {
  retry: 3,
}, async () => {
  const { first, proxies } = await openCuttable({ RATE_LIMIT_PER_MINUTE: '1000' });
  for (const turn of [1, 2, 3]) await first.query(RENAME, { name: `turn ${turn}` });
  proxies[0]?.freeze();
  const { text, ms } = await timed(first, RENAME, { name: 'frozen' });
  expect(text).toContain('UpdateCollectionPayload');
  expect(ms).toBeLessThan(150);
});

test('a write that others could not be told of is told as soon as they can be', async () => {
  const { first, second, proxies } = await openCuttable();
  await first.query(RENAME, { name: 'early' });
  await second.query(READ);
  proxies[0]?.freeze();
  expect((await timed(first, RENAME, { name: 'late' })).ms).toBeLessThan(LATE_MS);
  proxies[0]?.thaw();
  let text = '';
  for (let turn = 0; turn < 100 && !text.includes('"late"'); turn += 1) {
    await delay(30);
    text = (await second.query(READ)).text;
  }
  expect(text).toContain('"late"');
});

test('a Redis that is late now and then does not let a write go unseen', async () => {
  const { first, second, proxies } = await openCuttable();
  for (let round = 0; round < 15; round += 1) {
    const [writer, reader] = round % 2 === 0 ? [first, second] : [second, first];
    await reader.query(READ);
    for (const proxy of proxies) proxy.freeze();
    setTimeout(() => proxies.forEach((proxy) => proxy.thaw()), round * 10);
    await delay(round * 7);
    await writer.query(RENAME, { name: `round ${round}` });
    // Longer than it takes to be told after the return.
    await delay(150);
    for (const replica of [reader, writer])
      expect((await replica.query(READ)).text).toContain(`"round ${round}"`);
  }
});

test('a Redis that takes no writes is as good as none, and the log says so once', async () => {
  const { first, second, redis, reads } = await openPair(nameKeeper());
  await first.query(READ);
  await openClient(redis).config('SET', 'maxmemory', '1');
  // Nothing is asked for an answer that tells its cost: the write is the first to find out.
  const headers = { 'x-show-cost': '1' };
  for (let round = 0; round < 5; round += 1) {
    await first.query(RENAME, { name: `round ${round}` }, { headers });
    expect((await first.query(READ)).text).toContain(`"round ${round}"`);
  }
  const before = reads();
  for (let turn = 0; turn < 5; turn += 1) await first.query(READ);
  expect(reads()).toBe(before);
  expect(linesOnRedis(first)).toEqual(['Redis takes no writes: what replicas share is off']);
  await openClient(redis).config('SET', 'maxmemory', '0');
  await delay(300);
  await second.query(READ);
  await first.query(RENAME, { name: 'at last' });
  expect((await second.query(READ)).text).toContain('"at last"');
});

test('a Redis that lost its data does not bring old reads back', async () => {
  const { first, second, redis } = await openPair(nameKeeper());
  await first.query(READ);
  await redis.kill();
  await untilLost(first, second);
  await redis.restart();
  await second.query(RENAME, { name: 'after' });
  await untilBack(first, second);
  expect((await first.query(READ)).text).toContain('"after"');
});

test('a Redis whose data was deleted does not bring old reads back', async () => {
  const { first, second, redis } = await openPair(nameKeeper());
  const client = openClient(redis);
  await first.query(READ);
  for (let round = 0; round < 5; round += 1) {
    await client.flushall();
    await second.query(RENAME, { name: `round ${round}` });
    expect((await first.query(READ)).text).toContain(`"round ${round}"`);
  }
});

test('replicas share again what they read when Redis is back', async () => {
  const { first, second, redis, reads } = await openPair(nameKeeper());
  await redis.kill();
  await untilLost(first, second);
  await redis.restart();
  await untilBack(first, second);
  const before = reads();
  await first.query(READ);
  await delay(50);
  await second.query(READ);
  expect(reads()).toBe(before + 1);
});
