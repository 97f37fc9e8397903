import { describe, expect, it } from 'vitest';
import type {
  CreateKey,
  PendingCreate,
  SettledCreate,
} from '../../src/scenario/collections/idempotency-store.ts';
import { MemoryIdempotencyStore } from '../../src/scenario/collections/memory-idempotency-store.ts';

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

describe('the memory for idempotency keys', () => {
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
});
