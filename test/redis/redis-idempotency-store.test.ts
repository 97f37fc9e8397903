import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RedisIdempotencyStore } from '../../src/redis/redis-idempotency-store.ts';
import type { PendingCreate } from '../../src/scenario/collections/idempotency-store.ts';
import { openConnection, settle } from './scripted-client.ts';

const KEY = { owner: 'owner', key: 'key' };
const CLAIM: PendingCreate = {
  state: 'pending',
  fingerprint: 'print',
  startedAt: '2026-01-01T00:00:00Z',
  claimId: 'mine',
  leaseMs: 15_000,
};
const DAY_MS = 24 * 3_600_000;
const errorOf = (error: unknown): unknown => error;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function openStore() {
  const { client, redis } = openConnection();
  return { client, store: new RedisIdempotencyStore(redis, '{scope}') };
}

const isWithdrawal = (script: string): boolean => script.includes("'DEL'");

describe('a claim', () => {
  test('is made by its own text alone', async () => {
    const { client, store } = openStore();
    const mine = store.claim(KEY, CLAIM);
    await client.answer(0, client.at(0).args[0], DAY_MS);
    expect(await mine).toBeNull();
    const other = { ...CLAIM, claimId: 'other' };
    const theirs = store.claim(KEY, CLAIM);
    await client.answer(1, client.at(1).args[0]?.replace('mine', 'other'), DAY_MS);
    expect(await theirs).toEqual(other);
  });

  test('of a gateway that died is unknown when its lease is over, by what is left of its life', async () => {
    const { client, store } = openStore();
    const states = [];
    for (const ageMs of [CLAIM.leaseMs, CLAIM.leaseMs + 1]) {
      const claimed = store.claim(KEY, CLAIM);
      await client.answer(-1, client.at(-1).args[0]?.replace('mine', 'other'), DAY_MS - ageMs);
      states.push((await claimed)?.state);
    }
    expect(states).toEqual(['pending', 'unknown']);
  });

  test('that was given up is taken back at once, and only where it is that very claim', async () => {
    const { client, store } = openStore();
    const refused = store.claim(KEY, CLAIM).catch(errorOf);
    const [text] = client.at(0).args;
    await client.timeOut(0);
    expect(await refused).toMatchObject({ message: 'late' });
    await settle();
    const withdrawal = client.at(1);
    expect([isWithdrawal(withdrawal.script), withdrawal.args]).toEqual([true, [text]]);
    await client.answer(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(client.sent).toHaveLength(2);
  });

  test('is taken back over and over while Redis is away, and no longer than 15 s', async () => {
    const { client, store } = openStore();
    const refused = store.claim(KEY, CLAIM).catch(errorOf);
    await client.timeOut(0);
    expect(await refused).toMatchObject({ message: 'late' });
    const sentAt: number[] = [];
    const startedAt = performance.now();
    for (let turn = 1; turn <= 6; turn += 1) {
      while (client.sent.length <= turn) await vi.advanceTimersByTimeAsync(10);
      sentAt.push(performance.now() - startedAt);
      await client.timeOut(turn);
    }
    await vi.advanceTimersByTimeAsync(60_000);
    expect(client.sent).toHaveLength(7);
    expect(sentAt.at(-1)).toBeLessThan(15_000);
  });

  test('that comes after it was given up is no claim', async () => {
    const { client, store } = openStore();
    const refused = store.claim(KEY, CLAIM).catch(errorOf);
    await client.timeOut(0);
    await client.answer(0, client.at(0).args[0], DAY_MS);
    expect(await refused).toMatchObject({ message: 'late' });
  });
});

test('records are kept under the key and the owner that they belong to, the settled ones of an owner together', async () => {
  const { client, store } = openStore();
  const name = 'scg:create:4:{scope}:owner:key:key';
  store.claim(KEY, CLAIM).catch(errorOf);
  await client.timeOut(0);
  await vi.advanceTimersByTimeAsync(0);
  void store.settle(KEY, { state: 'unknown', fingerprint: 'print', startedAt: CLAIM.startedAt });
  void store.release(KEY);
  const keys = client.sent.map(({ args }) => args.slice(2, 2 + Number(args[1])).map(String));
  expect(keys).toEqual([[name], [name], [name, 'scg:create:4:{scope}:owner:settled'], [name]]);
  expect(client.at(2).args.slice(1)).toEqual([String(DAY_MS), '10000']);
});
