import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { redisTest as test } from '../support/redis-test.ts';
import { PacedFleet } from './paced-fleet.ts';

const QUOTA = 20;
const READS = 16;
const SHORT_MS = 2_000;
const PATIENCE_MS = 10_000;

describe('three replicas over one Redis', () => {
  test('have one window, and each slot is of one call, whichever replica it comes back to', async () => {
    const fleet = await PacedFleet.open(3, QUOTA, 3_000);
    for (let call = 0; call < READS; call += 1) await fleet.ask(call % 3, `/${call}`);
    expect(fleet.arrivals).toHaveLength(READS);
    const waits = [];
    for (const path of ['/a', '/b', '/c', '/d']) {
      const result = await fleet.ask(waits.length % 3, path, 'read', 10);
      if (result.ok || result.failure.kind !== 'paced') throw new Error('it is not refused');
      waits.push({ path, at: performance.now() + result.failure.retryAfterMs });
    }
    expect(new Set(waits.map(({ at }) => Math.round(at))).size).toBe(waits.length);
    for (let write = 0; write < QUOTA - READS; write += 1)
      expect(await fleet.ask(write % 3, `/w${write}`, 'write', 100)).toMatchObject({ ok: true });
    const others = fleet.flood(4_000);
    const served = waits.map(async ({ path, at }, index) => {
      await delay(at - performance.now());
      return fleet.ask(index % 3, path);
    });
    expect(await Promise.all(served)).toEqual(waits.map(() => expect.objectContaining({ ok: true })));
    await others;
    expect(fleet.most('read', 'write')).toBeLessThanOrEqual(QUOTA);
    expect(fleet.most('read')).toBeLessThanOrEqual(READS);
  });

  test('never exceed it, also while Redis is killed and returns empty, and do not stop', async () => {
    const fleet = await PacedFleet.open(3, QUOTA, SHORT_MS);
    await fleet.flood(2 * SHORT_MS);
    const before = fleet.arrivals.length;
    expect(before).toBeGreaterThan(QUOTA / 2);
    await fleet.redis.kill();
    await fleet.flood(3 * SHORT_MS);
    const away = fleet.arrivals.length;
    expect(away).toBeGreaterThan(before);
    await fleet.redis.restart();
    await fleet.flood(4 * SHORT_MS);
    expect(fleet.arrivals.length).toBeGreaterThan(away);
    expect(fleet.most('read', 'write')).toBeLessThanOrEqual(QUOTA);
    expect(fleet.most('read')).toBeLessThanOrEqual(READS);
  });

  test('see how many calls are left', async () => {
    const fleet = await PacedFleet.open(2, QUOTA, 60_000);
    for (let call = 0; call < 3; call += 1) await fleet.ask(0, `/${call}`);
    await fleet.ask(0, '/w', 'write');
    const left = { read: READS - 3, write: QUOTA - 4 };
    await eventually(
      'the other knows it',
      () => JSON.stringify(fleet.callsLeft(1)) === JSON.stringify(left),
      PATIENCE_MS,
    );
  });
});
