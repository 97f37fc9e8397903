import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, vi } from 'vitest';
import { ASKS_FOR_KEYS, bearing } from '../server/front-door/keys.ts';
import { creates } from '../support/creates.ts';
import { dig } from '../support/dig.ts';
import { eventually } from '../support/eventually.ts';
import { redisTest as test } from '../support/redis-test.ts';
import { type Answer, json, type Reply } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';
import { type Bench, CREATE, openBench } from './keyed-create-bench.ts';

const PATIENT = { DEADLINE_MS: '60000', UPSTREAM_TIMEOUT_MS: '60000' };
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

afterEach(() => {
  vi.useRealTimers();
});

/** Holds every create back until it is let go. */
function held(): { readonly answer: Answer; readonly letGo: () => void } {
  const waiting: (() => void)[] = [];
  const answer: Answer = ({ body }) =>
    new Promise<Reply>((resolve) => {
      const collection = wireCollection({ id: 'col_1', name: JSON.parse(body).name });
      waiting.push(() => resolve(json({ collection })));
    });
  return { answer, letGo: () => waiting.splice(0).forEach((go) => go()) };
}

/** Works on the records that gateways have in Redis. */
async function onRecords(
  { redis }: Bench,
  pattern: string,
  work: (client: Redis, name: string) => Promise<unknown>,
): Promise<void> {
  const client = new Redis(redis?.url ?? '');
  const names = await client.keys(pattern);
  expect(names).toHaveLength(1);
  for (const name of names) await work(client, name);
  client.disconnect();
}

describe.each([
  ['in memory', 1],
  ['over Redis', 2],
])('a keyed create that is under way, %s,', (_where, replicas) => {
  test.each([HOUR_MS, -HOUR_MS])('is waited for when the wall clock jumps by %i ms', async (jumpMs) => {
    const upstream = held();
    await using bench = await openBench(upstream.answer, replicas, PATIENT);
    vi.useFakeTimers({ toFake: ['Date'] });
    const first = bench.create('Props', 'key-1');
    await eventually('the create is sent', () => bench.upstream.requests.length === 1);
    vi.setSystemTime(Date.now() + jumpMs);
    const second = bench.create('Props', 'key-1', replicas - 1);
    await delay(200);
    upstream.letGo();
    expect(await first).toContain('"scenarioId":"col_1"');
    expect(await second).toBe(await first);
    expect(bench.upstream.requests).toHaveLength(1);
  });

  test('is told to be under way to whoever cannot wait longer', async () => {
    const upstream = held();
    await using bench = await openBench(upstream.answer, replicas, PATIENT);
    const first = bench.create('Props', 'key-1');
    await eventually('the create is sent', () => bench.upstream.requests.length === 1);
    const answer = await bench.gateways[replicas - 1]?.query(
      CREATE,
      { name: 'Props', key: 'key-1' },
      { headers: { 'x-deadline-ms': '300' } },
    );
    expect(answer?.body.errors?.[0]).toMatchObject({
      message: expect.stringContaining('still under way'),
      extensions: { code: 'OVERLOADED', retryable: true },
    });
    upstream.letGo();
    await first;
  });

  test('has its key refused for another name', async () => {
    const upstream = held();
    await using bench = await openBench(upstream.answer, replicas, PATIENT);
    const first = bench.create('Props', 'key-1');
    await eventually('the create is sent', () => bench.upstream.requests.length === 1);
    expect(await bench.create('Trees', 'key-1', replicas - 1)).toContain('"code":"CONFLICT"');
    upstream.letGo();
    await first;
  });
});

describe('in memory, the keyed creates of one caller', () => {
  const LARGE = 'x'.repeat(400_000);
  const large: Answer = ({ body }) =>
    json({ collection: wireCollection({ id: 'col_1', name: JSON.parse(body).name + LARGE }) });

  test('push out the oldest of its own and none of another’s, nor one that is under way', async () => {
    const upstream = held();
    await using bench = await openBench(upstream.answer, 1, { ...PATIENT, ...ASKS_FOR_KEYS });
    const create = (key: string, apiKey = 'full-key') => bench.create('Props', key, 0, bearing(apiKey));
    const sent = () => bench.upstream.requests.length;
    const pending = create('pending');
    await eventually('a create is under way', () => sent() === 1);
    bench.upstream.answer = creates();
    const others = await create('key-1', 'write-key');
    bench.upstream.answer = large;
    for (let index = 0; index < 60; index += 1) await create(`key-${index}`);
    expect(sent()).toBe(62);
    expect(await create('key-1', 'write-key')).toBe(others);
    expect(await create('key-59')).toContain('"scenarioId":"col_1"');
    expect(sent()).toBe(62);
    await create('key-0');
    expect(sent()).toBe(63);
    const joined = create('pending');
    await delay(100);
    upstream.letGo();
    expect(await joined).toBe(await pending);
    expect(sent()).toBe(63);
  });

  test('are remembered for a day, and not longer', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    await using bench = await openBench(creates(), 1);
    const first = await bench.create('Props', 'key-1');
    vi.advanceTimersByTime(DAY_MS - 1_000);
    expect(await bench.create('Props', 'key-1')).toBe(first);
    vi.advanceTimersByTime(1_000);
    expect(await bench.create('Props', 'key-1')).not.toBe(first);
    expect(bench.upstream.requests).toHaveLength(2);
  });
});

describe('over Redis, the keyed creates of one caller', () => {
  test('push out the oldest of its own beyond 10,000', async () => {
    await using bench = await openBench(creates(), 2);
    await bench.create('Props', 'key-1');
    const later = Array.from({ length: 9_999 }, (_, index) => [Number.MAX_SAFE_INTEGER - index, `k${index}`]);
    await onRecords(bench, '*:settled', (client, name) => client.zadd(name, ...later.flat()));
    const second = await bench.create('Props', 'key-2');
    expect(await bench.create('Props', 'key-2', 1)).toBe(second);
    expect(bench.upstream.requests).toHaveLength(2);
    await bench.create('Props', 'key-1', 1);
    expect(bench.upstream.requests).toHaveLength(3);
  });

  test('are not answered with the record of another key', async () => {
    await using bench = await openBench(creates(), 2);
    await bench.create('Props', 'key-1');
    await onRecords(bench, '*:key:*', async (client, name) => {
      await bench.create('Props', 'key-2');
      const other = (await client.keys('*:key:*')).find((each) => each !== name) ?? '';
      await client.copy(name, other, 'REPLACE');
    });
    expect(await bench.create('Props', 'key-2', 1)).toContain('"code":"OVERLOADED"');
    expect(bench.upstream.requests).toHaveLength(2);
  });

  test('are remembered for a day', async () => {
    await using bench = await openBench(creates(), 2);
    await bench.create('Props', 'key-1');
    await onRecords(bench, '*:key:*', async (client, name) => {
      const leftMs = await client.pttl(name);
      expect(leftMs).toBeGreaterThan(DAY_MS - 60_000);
      expect(leftMs).toBeLessThanOrEqual(DAY_MS);
    });
  });

  test('that a gateway left behind are told as unknown once their time is over, and not before', async () => {
    const upstream = held();
    await using bench = await openBench(upstream.answer, 2, PATIENT);
    const askedAt = Date.now();
    const first = bench.create('Props', 'key-1');
    await eventually('the create is sent', () => bench.upstream.requests.length === 1);
    const ask = () =>
      bench.gateways[1]?.query(
        CREATE,
        { name: 'Props', key: 'key-1' },
        { headers: { 'x-deadline-ms': '500' } },
      );
    // Its time is its deadline and 5 s.
    await onRecords(bench, '*:key:*', (client, name) => client.pexpire(name, DAY_MS - 60_000));
    expect((await ask())?.body.errors?.[0]?.extensions).toMatchObject({ code: 'OVERLOADED' });
    await onRecords(bench, '*:key:*', (client, name) => client.pexpire(name, DAY_MS - 65_001));
    const told = (await ask())?.body.errors?.[0]?.extensions;
    expect(told).toMatchObject({
      code: 'WRITE_OUTCOME_UNKNOWN',
      retryable: false,
      write: { endpoint: 'collections.create', collectionId: null, name: 'Props' },
    });
    const startedAt = Date.parse(String(dig(told, 'write', 'startedAt')));
    expect(startedAt).toBeGreaterThanOrEqual(askedAt);
    expect(startedAt).toBeLessThanOrEqual(Date.now());
    expect(bench.upstream.requests).toHaveLength(1);
    upstream.letGo();
    const outcome = await first;
    expect(await bench.create('Props', 'key-1', 1)).toBe(outcome);
  });
});
