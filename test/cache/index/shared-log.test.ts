import { describe, expect, onTestFinished, test } from 'vitest';
import type { Patch, TimedPatch } from '../../../src/cache/index/patch.ts';
import { SharedLog } from '../../../src/cache/index/shared-log.ts';
import { StoreClock } from '../../../src/cache/index/store-clock.ts';
import { decodePatch, encodePatch } from '../../../src/cache/index/stored-patch.ts';
import { fakeClocks, pass } from './open-index.ts';
import { type Row, row } from './records.ts';
import { SharedShelf, ShelfStore } from './shelf-store.ts';

const RETRY_MS = 200;

fakeClocks();

const form = { shape: 'rows:1', decodeStored: (value: unknown): Row | null => (isRow(value) ? value : null) };

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && 'id' in value;
}

const patchOf = (patch: Patch<Row>): TimedPatch<Row> => {
  const now = performance.now();
  return { patch, isSettled: true, tookMs: 0, endedAt: now, toldAt: now };
};
const added = (id: string) => patchOf({ kind: 'added', item: row(id) });

/** A log of which everything is heard that it tells. */
async function openLog() {
  const shelf = new SharedShelf();
  shelf.pageSize = 2_000;
  const store = new ShelfStore(shelf);
  const heard: Array<Patch<Row> | 'lost'> = [];
  const log = new SharedLog<Row>(store, form, {
    take: ({ patch }) => heard.push(patch),
    lost: () => heard.push('lost'),
  });
  onTestFinished(() => log.close());
  await log.sync();
  heard.length = 0;
  const told = () =>
    shelf.entries.filter(({ text }) => text !== '').map(({ text }) => JSON.parse(text).patch);
  return { shelf, store, log, heard, told };
}

describe('what cannot be told at once', () => {
  test('is told as soon as the store answers again, five times a second asked for, and once', async () => {
    const { store, log, told } = await openLog();
    store.isBroken = true;
    await log.append(added('a'));
    await log.append(added('b'));
    const { syncs } = store;
    await pass(RETRY_MS);
    expect(store.syncs).toBe(syncs + 1);
    await pass(RETRY_MS);
    expect(store.syncs).toBe(syncs + 2);
    store.isBroken = false;
    await pass(RETRY_MS);
    expect(told().map(({ item }) => item.id)).toEqual(['a', 'b']);
    const asked = store.syncs;
    await pass(10 * RETRY_MS);
    expect(store.syncs).toBe(asked);
  });

  test('is told the next time too', async () => {
    const { store, log, told } = await openLog();
    for (const id of ['a', 'b']) {
      store.isBroken = true;
      await log.append(added(id));
      store.isBroken = false;
      await pass(RETRY_MS);
    }
    expect(told().map(({ item }) => item.id)).toEqual(['a', 'b']);
  });

  test('is told by nobody after the end', async () => {
    const { store, log } = await openLog();
    store.isBroken = true;
    await log.append(added('a'));
    log.close();
    await pass(RETRY_MS);
    const { syncs } = store;
    await pass(10 * RETRY_MS);
    expect(store.syncs).toBe(syncs);
  });

  test('is all that nobody knows once it is more than a thousand', async () => {
    const { store, log, told } = await openLog();
    store.isAway = true;
    for (let turn = 0; turn < 1_000; turn += 1) void log.append(added(`a${turn}`));
    await pass(0);
    store.isAway = false;
    await pass(RETRY_MS);
    expect(told()).toHaveLength(1_000);
    store.isAway = true;
    for (let turn = 0; turn < 1_001; turn += 1) void log.append(added(`b${turn}`));
    await pass(0);
    store.isAway = false;
    await pass(RETRY_MS);
    expect(told().slice(1_000)).toEqual([{ kind: 'unknown', id: null }]);
  });
});

describe('a log that has lost its end', () => {
  test('is told the last two hundred again', async () => {
    const { shelf, log, heard, told } = await openLog();
    for (let turn = 0; turn < 205; turn += 1) await log.append(added(`a${turn}`));
    shelf.forget();
    heard.length = 0;
    await log.sync();
    expect(heard[0]).toBe('lost');
    expect(
      told()
        .slice(205)
        .map(({ item }) => item.id),
    ).toEqual(Array.from({ length: 200 }, (_, index) => `a${index + 5}`));
  });

  test('is read anew by itself when the store says so', async () => {
    const { store, shelf, heard } = await openLog();
    shelf.forget();
    store.lose();
    await pass(RETRY_MS);
    expect(heard).toEqual(['lost']);
  });

  test('has nothing behind a place that is gone', async () => {
    const { shelf, log } = await openLog();
    await log.append(added('a'));
    expect(await log.since('0')).toMatchObject([{ patch: { kind: 'added' } }]);
    shelf.forget();
    expect(await log.since('0')).toBeNull();
  });
});

test('what another replica has told began no later and ended no sooner than it did, whatever the clocks say', async () => {
  const change = patchOf({ kind: 'changed', item: row('a') });
  await pass(30);
  const text = encodePatch({ ...change, tookMs: 500 }, form);
  // The store was asked at 1,000 and answered at 1,020, when its own clock said 9,000.
  const clock = new StoreClock(9_000, 1_000, 1_020);
  expect([clock.soonest(8_900), clock.latest(8_900)]).toEqual([899, 921]);
  expect(decodePatch(text, 8_900, clock, form)).toEqual({
    patch: change.patch,
    isSettled: true,
    toldAt: 921,
    endedAt: 921 - 30,
    tookMs: 500 + 22,
  });
  const early = encodePatch({ ...change, endedAt: performance.now() + 5 }, form);
  expect(JSON.parse(early)).toMatchObject({ lateMs: 0 });
});
