import { describe, expect, test } from 'vitest';
import { type PendingCreate, partOfStore } from '../../src/scenario/collections/idempotency-store.ts';
import { MemoryIdempotencyStore } from '../../src/scenario/collections/memory-idempotency-store.ts';
import { decodeRecord, encodeRecord } from '../../src/scenario/collections/stored-record.ts';
import { wireCollection } from '../support/wire-collection.ts';

const CLAIM: PendingCreate = {
  state: 'pending',
  fingerprint: 'f',
  startedAt: '2026-01-01T00:00:00.000Z',
  claimId: 'c',
  leaseMs: 15_000,
};

describe('a part of a store', () => {
  const KEY = { owner: 'ada', key: 'k' };
  const UNKNOWN = { state: 'unknown', fingerprint: 'f', startedAt: CLAIM.startedAt } as const;

  test('knows no key of the other parts', async () => {
    const store = new MemoryIdempotencyStore();
    const [one, other] = [partOfStore(store, 'one'), partOfStore(store, 'other')];
    expect(await one.claim(KEY, CLAIM)).toBeNull();
    expect(await other.claim(KEY, CLAIM)).toBeNull();
    await one.settle(KEY, UNKNOWN);
    await other.release(KEY);
    expect(await one.claim(KEY, CLAIM)).toEqual(UNKNOWN);
    expect(await other.claim(KEY, CLAIM)).toBeNull();
  });
});

describe('a record', () => {
  const collection = { typename: 'Collection', ...wireCollection() };

  test.each([
    CLAIM,
    { state: 'unknown', fingerprint: 'f', startedAt: CLAIM.startedAt },
    { state: 'applied', fingerprint: 'f', collection },
  ])('that is kept as text is the same again: %j', (record) => {
    const text = JSON.stringify({ name: 'key', record });
    const decoded = decodeRecord('key', text);
    expect(decoded).toEqual(record);
    expect(decodeRecord('key', encodeRecord('key', decoded))).toEqual(record);
  });

  test('of another key is none', () => {
    const text = JSON.stringify({ name: 'other', record: CLAIM });
    expect(() => decodeRecord('key', text)).toThrow('another key');
  });

  test.each([
    ['"nonsense', 'JSON'],
    ['{}', 'expected string'],
    [JSON.stringify({ record: CLAIM }), 'name'],
    [JSON.stringify({ name: 'key', record: { ...CLAIM, claimId: 7 } }), 'claimId'],
    [JSON.stringify({ name: 'key', record: { ...CLAIM, leaseMs: '7' } }), 'leaseMs'],
    [JSON.stringify({ name: 'key', record: { ...CLAIM, fingerprint: undefined } }), 'fingerprint'],
    [JSON.stringify({ name: 'key', record: { ...CLAIM, state: 'unknown', startedAt: 7 } }), 'startedAt'],
    [JSON.stringify({ name: 'key', record: { state: 'applied', fingerprint: 'f' } }), 'no collection'],
    [
      JSON.stringify({ name: 'key', record: { state: 'applied', fingerprint: 'f', collection: {} } }),
      'no collection',
    ],
  ])('that a store made up is none: %s', (text, issue) => {
    expect(() => decodeRecord('key', text)).toThrow(issue);
  });
});
