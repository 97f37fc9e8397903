import { describe, expect, test } from 'vitest';
import { callsToWalk } from '../../../src/scenario/collections/walk-collections.ts';
import { failed, status } from '../../http/open-calls.ts';
import { idsUpTo } from '../../support/offset-list.ts';
import { answered, errorOf } from '../open-account.ts';
import { listOf, many, openFinder } from './open-finder.ts';

const limits = { maxRecords: 200, maxBytes: 1_000_000 };

const openShort = (size: number) =>
  openFinder(many(200), listOf(many(200), { shortBy: 100 - size }), { limits });

describe('the walk over all collections', () => {
  test('takes a call for each hundred, as planned', async () => {
    for (const count of [0, 1, 99, 100, 150]) {
      const { find, sent } = openFinder(many(count));
      expect(await (await find({ first: 0 })).totalCount()).toBe(count);
      expect(sent.length).toBeLessThanOrEqual(callsToWalk(count));
    }
    expect([0, 99, 100, 730].map(callsToWalk)).toEqual([1, 1, 2, 8]);
  });

  test('brings as many collections as there may be, and refuses more whole', async () => {
    const found = openFinder(many(200), listOf(many(200)), { limits });
    expect(await (await found.find()).totalCount()).toBe(200);
    const { find } = openFinder(many(201), listOf(many(201)), { limits });
    expect(await errorOf(find())).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: expect.stringContaining('at most 200 records'),
      hints: { retryable: false },
      cause: { kind: 'too-large', limit: 200, unit: 'records' },
    });
  });

  test('ends when what it has read takes too much memory, and says so', async () => {
    const rows = idsUpTo(200).map((id) => ({ id, name: 'x'.repeat(1_000) }));
    const { find, sent } = openFinder(rows, listOf(rows), { limits: { ...limits, maxBytes: 100_000 } });
    expect(await errorOf(find())).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: expect.stringContaining('at most 100000 bytes'),
    });
    expect(sent).toHaveLength(1);
  });

  test('ends over pages so short that it would not, and bears those of a quarter', async () => {
    expect(await (await openShort(25).find()).totalCount()).toBe(200);
    const { find, sent } = openShort(20);
    expect(await errorOf(find())).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE' });
    expect(sent).toHaveLength(9);
  });

  test('that fails, or reads what it cannot understand, fails with its code', async () => {
    expect(await errorOf(openFinder([], () => failed(status(429))).find())).toMatchObject({
      code: 'RATE_LIMITED',
    });
    expect(await errorOf(openFinder([], () => answered({ collections: [{}] })).find())).toMatchObject({
      code: 'UPSTREAM_BAD_RESPONSE',
    });
  });
});
