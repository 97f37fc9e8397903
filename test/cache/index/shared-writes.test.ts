import { describe, expect, test, vi } from 'vitest';
import { succeed } from '../../../src/shared/result.ts';
import { fakeClocks, NAMES, pass, RENAME, ROWS, TTL_MS, UNSETTLED_MS, walkTo } from './open-index.ts';
import { openReplica, openReplicas, POLL_MS } from './open-replicas.ts';
import { row } from './records.ts';
import type { SharedShelf } from './shelf-store.ts';

fakeClocks();

/** Whether another replica can use what one has walked. */
async function isLoaded(shelf: SharedShelf): Promise<boolean> {
  const late = openReplica(shelf);
  void late.find();
  await pass(POLL_MS);
  return late.walks.length === 0;
}

describe('what another replica has brought is walked anew', () => {
  test.each<[string, (shelf: SharedShelf) => void]>([
    ['is no JSON', (shelf) => Object.assign(shelf.walk ?? {}, { content: 'nonsense' })],
    ['is of another form', (shelf) => Object.assign(shelf.walk ?? {}, { content: '{"kind":"records"}' })],
    ['lacks a part', (shelf) => shelf.chunks.clear()],
    ['lacks rows', (shelf) => shelf.chunks.forEach((_, id) => shelf.chunks.set(id, ['[]']))],
    [
      'has a row that cannot be read',
      (shelf) =>
        shelf.chunks.forEach((_, id) =>
          shelf.chunks.set(id, ['[{"id":"a","name":"a"},{"id":"b","name":"b"},7]']),
        ),
    ],
    ['has a part that is no list', (shelf) => shelf.chunks.forEach((_, id) => shelf.chunks.set(id, ['{}']))],
    ['stands where the log does not reach', (shelf) => shelf.forget()],
    ['has expired', () => vi.advanceTimersByTime(TTL_MS)],
    [
      'was followed by a write of which nobody knows what it did',
      (shelf) =>
        shelf.entries.push({
          appendedAt: shelf.now,
          text: '{"shape":"rows:1","patch":{"kind":"unknown","id":null},"isSettled":true,"tookMs":0,"lateMs":0}',
        }),
    ],
    [
      'was followed by what another version has written',
      (shelf) =>
        shelf.entries.push({ appendedAt: shelf.now, text: '{"shape":"rows:1","patch":{"kind":"new"}}' }),
    ],
  ])('where it %s', async (_what, spoil) => {
    const { one, shelf } = openReplicas();
    await walkTo(one);
    expect(await isLoaded(shelf)).toBe(true);
    await pass(10);
    spoil(shelf);
    expect(await isLoaded(shelf)).toBe(false);
  });

  test('where there is nothing newer than what is known', async () => {
    const { one, other } = openReplicas();
    await walkTo(one);
    await other.find();
    await pass(TTL_MS * 0.8);
    await other.find();
    await pass(POLL_MS);
    expect(other.walks).toHaveLength(1);
  });
});

test('a walk of another replica of which a part fails is walked anew', async () => {
  const { one, other } = openReplicas();
  await walkTo(one);
  other.store.chunk = () => Promise.reject(new Error('The store does not answer.'));
  expect(await walkTo(other, [row('x')])).toEqual(['x']);
});

test('a replica that cannot ask who walks does so itself, at once', async () => {
  const { one } = openReplicas();
  one.store.lead = () => Promise.reject(new Error('The store does not answer.'));
  expect(await walkTo(one)).toEqual(NAMES);
  expect(await one.find()).toEqual(NAMES);
  expect(one.walks).toHaveLength(1);
});

test('a newer walk of another replica takes the place of a refresh', async () => {
  const { one, other } = openReplicas();
  await walkTo(one);
  await other.find();
  await pass(TTL_MS * 0.8);
  // In the background, by the one that asks first.
  await other.find();
  (await other.walk(0)).end(succeed([...ROWS, row('d')]));
  await pass(0);
  expect(await one.find()).toEqual(NAMES);
  await pass(0);
  expect(await one.find()).toEqual([...NAMES, 'd']);
  expect(one.walks).toHaveLength(1);
});

/** Walks to the end, while what was told to the log is lost. */
async function walkWhileLogIsLost(
  replica: ReturnType<typeof openReplica>,
  shelf: SharedShelf,
): Promise<void> {
  const found = replica.find();
  await pass(0);
  shelf.forget();
  void replica.find();
  await pass(0);
  (await replica.walk(0)).end(succeed(ROWS));
  expect(await found).toEqual(NAMES);
  await pass(0);
}

describe('a walk is not given to others', () => {
  test('when what was lost of the log meanwhile may be missing in it', async () => {
    const { one, other, shelf } = openReplicas();
    await walkWhileLogIsLost(one, shelf);
    expect([shelf.walk, shelf.leader]).toEqual([null, null]);
    void other.find();
    await pass(0);
    expect(other.walks).toHaveLength(1);
    void one.find();
    await pass(2 * POLL_MS);
    expect(other.walks.length + one.walks.length).toBe(2);
  });

  test('nor kept by who walked it', async () => {
    const { one, shelf } = openReplicas();
    await walkWhileLogIsLost(one, shelf);
    void one.find();
    await pass(0);
    expect(one.walks).toHaveLength(2);
  });

  test('when it has taken longer than it holds', async () => {
    const { one, shelf } = openReplicas();
    await walkTo(one, ROWS, TTL_MS);
    expect([shelf.walk, shelf.chunks.size]).toEqual([null, 0]);
  });

  test('for longer than it holds', async () => {
    const { one } = openReplicas();
    const kept: number[] = [];
    const addChunk = one.store.addChunk.bind(one.store);
    one.store.addChunk = (walkId, text, leftMs) => {
      kept.push(leftMs);
      return addChunk(walkId, text, leftMs);
    };
    await walkTo(one, ROWS, 1_000);
    expect(kept).toEqual([TTL_MS - 1_000]);
  });

  test('when the store fails while it is saved; whoever walked it uses it all the same', async () => {
    const { one, shelf } = openReplicas();
    const found = one.find();
    await pass(0);
    const walk = await one.walk(0);
    one.store.isBroken = true;
    walk.end(succeed(ROWS));
    expect(await found).toEqual(NAMES);
    await pass(0);
    one.store.isBroken = false;
    expect([await one.find(), shelf.walk]).toEqual([NAMES, null]);
  });
});

describe('what was written', () => {
  test('is told once the store answers again, and nobody trusts what was there before', async () => {
    const { one, other } = openReplicas();
    await walkTo(one);
    expect(await other.find()).toEqual(NAMES);
    one.store.isBroken = true;
    await one.note(RENAME);
    expect(await other.find()).toEqual(NAMES);
    one.store.isBroken = false;
    await pass(200);
    expect(await other.find()).toEqual(['a', 'c', 'renamed']);
    expect(other.walks).toEqual([]);
  });

  test('is told again after the log has lost what stood in it last', async () => {
    const { one, other, shelf } = openReplicas();
    await walkTo(one);
    await one.note(RENAME);
    const before = shelf.entries.length;
    shelf.forget();
    void one.find();
    await pass(0);
    expect(shelf.entries.slice(before + 1).map(({ text }) => JSON.parse(text).patch)).toEqual([RENAME]);
    void other.find();
    await pass(POLL_MS);
    expect(one.walks.length + other.walks.length).toBe(2);
  });

  test('in another form is known to have changed something, and nothing more', async () => {
    const { one, other } = openReplicas('rows:2');
    await walkTo(one);
    await other.find();
    await one.note(RENAME);
    void other.find();
    await pass(0);
    expect(other.walks).toHaveLength(1);
    await one.note({ kind: 'removed', id: 'a' });
    expect(await one.find()).toEqual(['c', 'renamed']);
  });

  test('and may still arrive lets what others keep expire when it cannot any more', async () => {
    const { one, other } = openReplicas();
    await walkTo(one);
    await other.find();
    await pass(10);
    await one.note({ kind: 'seen', item: row('b') }, { isSettled: false });
    await pass(UNSETTLED_MS - 10);
    expect(await other.find()).toEqual(NAMES);
    await pass(20);
    void other.find();
    await pass(POLL_MS);
    expect(other.walks).toHaveLength(1);
  });
});

test('while the store is away, each replica walks for itself', async () => {
  const { one, other } = openReplicas();
  one.store.isAway = true;
  other.store.isAway = true;
  expect(await walkTo(one)).toEqual(NAMES);
  expect(await walkTo(other, [row('x')])).toEqual(['x']);
  expect(await one.find()).toEqual(NAMES);
  expect([one.store.syncs, other.store.syncs]).toEqual([0, 0]);
});
