import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CollectionShelf } from '../../support/collection-shelf.ts';
import { dig } from '../../support/dig.ts';
import { codesOf } from '../../support/front-door.ts';
import { json } from '../../support/scripted-upstream.ts';
import { FIND, openShelf, type ShelfDoor } from './front-door.ts';

const FILTER = { filter: { name: 'props' } };
const MINUTE_MS = 60_000;
// Eight reads a minute.
const ENV = { UPSTREAM_RATE_PER_MINUTE: '10' };
const PATIENCE_MS = 10_000;

/** The clock stands still until a test moves it, also for calls that wait for the quota. */
beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

/** How long a search is told to wait. */
async function toldBy({ query }: ShelfDoor): Promise<number> {
  const answer = await query(FIND, FILTER);
  expect(codesOf(answer)).toEqual(['RATE_LIMITED']);
  return Number(dig(answer.body, 'errors', 0, 'extensions', 'retryAfterMs'));
}

/** Lets so much time pass, and the walk make the calls for which there is room then. */
async function passes(ms: number, { lists }: ShelfDoor, calls: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  const latest = Date.now() + PATIENCE_MS;
  while (lists() < calls && Date.now() < latest) await setImmediate();
  // The answer to the last of them.
  for (let turn = 0; turn < 50; turn += 1) await setImmediate();
  expect(lists()).toBe(calls);
}

test('who asks for more than the quota lets be walked in time is told when to come back, and finds it then', async () => {
  const door = await openShelf(CollectionShelf.of(1_500), ENV);
  const waitMs = await toldBy(door);
  expect(door.lists()).toBe(8);
  await passes(MINUTE_MS + 100, door, 15);
  expect((await door.find(FILTER)).totalCount).toBe(1_500);
  await passes(waitMs - MINUTE_MS, door, 15);
  expect((await door.find(FILTER)).totalCount).toBe(1_500);
  expect(door.lists()).toBe(15);
});

test('the walk goes on over as many windows as it takes, and the next is foretold by what it has found', async () => {
  const door = await openShelf(CollectionShelf.of(3_000), ENV);
  const waitMs = await toldBy(door);
  for (const calls of [16, 24, 30]) await passes(MINUTE_MS + 100, door, calls);
  await passes(waitMs - 3 * MINUTE_MS, door, 30);
  expect((await door.find(FILTER)).totalCount).toBe(3_000);
  await passes(MINUTE_MS, door, 30);
  expect(await toldBy(door)).toBeLessThan(3.1 * MINUTE_MS);
  expect(door.lists()).toBe(38);
});

test.each([
  ['one of its own calls', '{ __typename }', 1],
  ['another call', '{ collection(id: "col_1") { name } }', 0],
])(
  'where the upstream wants no calls after %s, who asks is told so, and finds what was walked then',
  async (_what, before, calls) => {
    let answered = 0;
    const door = await openShelf(CollectionShelf.of(250), {}, (honest) => (request) => {
      answered += 1;
      return answered === calls + 1 ? json({}, 429, { 'retry-after': '30' }) : honest(request);
    });
    await door.query(before);
    const waitMs = await toldBy(door);
    expect(waitMs).toBeGreaterThanOrEqual(30_000);
    expect(await toldBy(door)).toBe(waitMs);
    await passes(waitMs + 100, door, 3 + calls);
    expect((await door.find(FILTER)).totalCount).toBe(250);
  },
);

test('who can wait for the calls that are missing is not sent away', async () => {
  const door = await openShelf(CollectionShelf.of(250), ENV);
  for (const id of ['col_1', 'col_2', 'col_3', 'col_4', 'col_5', 'col_6', 'col_7'])
    await door.query(`{ collection(id: "${id}") { name } }`);
  await vi.advanceTimersByTimeAsync(MINUTE_MS - 5_000);
  const found = door.find(FILTER);
  await passes(0, door, 1);
  await passes(5_000, door, 3);
  expect((await found).totalCount).toBe(250);
});
