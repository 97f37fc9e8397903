import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  type CreateKey,
  type PendingCreate,
  RECORD_LIFETIME_MS,
  type SettledCreate,
} from '../../src/scenario/collections/idempotency-store.ts';
import { MemoryIdempotencyStore } from '../../src/scenario/collections/memory-idempotency-store.ts';
import { encodeRecord } from '../../src/scenario/collections/stored-record.ts';

const CLAIM: PendingCreate = {
  state: 'pending',
  fingerprint: 'f',
  startedAt: '2026-01-01T00:00:00.000Z',
  claimId: 'c',
  leaseMs: 15_000,
};
// Some 1.6 MB as it is counted.
const LARGE: SettledCreate = { state: 'unknown', fingerprint: 'f', startedAt: 'x'.repeat(800_000) };
const FULL = /full/;

const keyOf = (index: number, owner = 'ada'): CreateKey => ({ owner, key: `key-${index}` });

/** Claims keys of this owner until no more fit. @returns how many did */
async function fill(store: MemoryIdempotencyStore, owner: string): Promise<number> {
  for (let count = 0; ; count += 1) {
    const isTaken = await store.claim(keyOf(count, owner), CLAIM).then(
      () => true,
      () => false,
    );
    if (!isTaken) return count;
  }
}

/** Keys of these owners, all of which were claimed before the first of them was settled. */
async function openSettled(owners: readonly string[], maxBytes: number) {
  const store = new MemoryIdempotencyStore(maxBytes);
  const keys = owners.map((owner, index) => keyOf(index, owner));
  for (const key of keys) await store.claim(key, CLAIM);
  for (const key of keys) await store.settle(key, RECORD);
  return store;
}

/** Which of these keys are known; each that is not is claimed. */
async function knownOf(store: MemoryIdempotencyStore, owners: readonly string[]) {
  const known: boolean[] = [];
  for (const [index, owner] of owners.entries())
    known.push((await store.claim(keyOf(index, owner), CLAIM)) !== null);
  return known;
}

const RECORD: SettledCreate = { state: 'unknown', fingerprint: 'f', startedAt: 'x'.repeat(1_000) };
const RECORD_BYTES = 600 + 2 * encodeRecord('ada:key-0', RECORD).length;

describe('the memory for idempotency keys', () => {
  it('holds as many records as its bytes are for, and loses the oldest for one more', async () => {
    const owners = ['ada', 'ada', 'ada'];
    expect(await knownOf(await openSettled(owners, 3 * RECORD_BYTES), owners)).toEqual([true, true, true]);
    const full = await openSettled(owners, 3 * RECORD_BYTES - 1);
    expect(await knownOf(full, owners)).toEqual([false, true, true]);
  });

  it('loses those of the owner whose records take the most, whoever was there first', async () => {
    const owners = ['bob', 'ada', 'ada', 'ada', 'bob'];
    const store = await openSettled(owners, 4 * RECORD_BYTES);
    expect(await store.claim(keyOf(0, 'bob'), CLAIM)).toEqual(RECORD);
    expect(await knownOf(store, owners)).toEqual([true, false, true, true, true]);
  });

  it('has room again for each key that was given back', async () => {
    const store = new MemoryIdempotencyStore(2 * 600);
    for (const turn of [1, 2]) {
      expect([turn, await store.claim(keyOf(1), CLAIM), await store.claim(keyOf(2), CLAIM)]).toEqual([
        turn,
        null,
        null,
      ]);
      await expect(store.claim(keyOf(3), CLAIM)).rejects.toThrow(FULL);
      await store.release(keyOf(1));
      await store.release(keyOf(1));
      await store.release(keyOf(2));
    }
  });

  it('has room again for each record that has expired', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const store = await openSettled(['ada', 'bob'], 2 * RECORD_BYTES);
    vi.advanceTimersByTime(RECORD_LIFETIME_MS);
    const fits = Math.floor((2 * RECORD_BYTES) / 600);
    expect(await fill(store, 'eve')).toBe(fits);
  });

  it('refuses a new key while all that fits is under way, and takes one again for each that ends', async () => {
    const store = new MemoryIdempotencyStore();
    expect(await fill(store, 'ada')).toBeGreaterThan(50_000);
    await expect(store.claim(keyOf(0, 'bob'), CLAIM)).rejects.toThrow(FULL);
    await store.release(keyOf(0));
    expect(await store.claim(keyOf(0, 'bob'), CLAIM)).toBeNull();
    await expect(store.claim(keyOf(1, 'bob'), CLAIM)).rejects.toThrow(FULL);
    expect(await store.claim(keyOf(1), CLAIM)).toEqual(CLAIM);
  });

  it('gives the room of whoever has settled to whoever comes', async () => {
    const store = new MemoryIdempotencyStore();
    const count = await fill(store, 'ada');
    await store.settle(keyOf(7), { ...LARGE, startedAt: '' });
    expect(await store.claim(keyOf(count, 'ada'), CLAIM)).toBeNull();
    await expect(store.claim(keyOf(count + 1, 'ada'), CLAIM)).rejects.toThrow(FULL);
  });

  it('holds its bound also for creates that began while there was room', async () => {
    const store = new MemoryIdempotencyStore();
    for (let index = 0; index < 60; index += 1) await store.claim(keyOf(index), CLAIM);
    for (let index = 0; index < 60; index += 1) await store.settle(keyOf(index), LARGE);
    const known = await Promise.all(
      Array.from({ length: 60 }, (_, index) => store.claim(keyOf(index), CLAIM).then(Boolean)),
    );
    const kept = known.filter(Boolean).length;
    expect(kept).toBeGreaterThan(15);
    expect(kept).toBeLessThan(22);
    expect(known.slice(-kept)).toEqual(Array.from({ length: kept }, () => true));
  });

  it('ignores the end of a create that it does not know', async () => {
    const store = new MemoryIdempotencyStore();
    await store.settle(keyOf(1), LARGE);
    await store.release(keyOf(1));
    expect(await store.claim(keyOf(1), CLAIM)).toBeNull();
  });

  it('knows a record for 24 hours, and not what came before one that it knows still', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const store = new MemoryIdempotencyStore();
    for (const index of [1, 2]) {
      await store.claim(keyOf(index), CLAIM);
      await store.settle(keyOf(index), { ...LARGE, startedAt: String(index) });
      vi.advanceTimersByTime(index === 1 ? RECORD_LIFETIME_MS / 2 : RECORD_LIFETIME_MS / 2 - 1);
    }
    expect(await store.claim(keyOf(1), CLAIM)).toMatchObject({ startedAt: '1' });
    vi.advanceTimersByTime(1);
    expect(await store.claim(keyOf(1), CLAIM)).toBeNull();
    expect(await store.claim(keyOf(2), CLAIM)).toMatchObject({ startedAt: '2' });
  });
});

afterEach(() => {
  vi.useRealTimers();
});
