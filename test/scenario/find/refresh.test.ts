import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { CollectionShelf } from '../../support/collection-shelf.ts';
import { eventually } from '../../support/eventually.ts';
import { openShelf } from './front-door.ts';

const FILTER = { filter: { name: 'props' } };

afterEach(() => vi.useRealTimers());

describe('is walked again in the background', () => {
  const ENV = { COLLECTION_INDEX_TTL_MS: '3000' };

  test('from 80 % of its time on, when it was used since', async () => {
    const { find, lists, shelf } = await openShelf(CollectionShelf.of(3), ENV);
    await find(FILTER);
    await find(FILTER);
    shelf.put({ name: 'Props of others' });
    await delay(2_600);
    expect(lists()).toBe(2);
    expect((await find(FILTER)).totalCount).toBe(4);
  });

  test('by whoever uses it then, who does not wait', async () => {
    let isSlow = false;
    const { find, lists } = await openShelf(CollectionShelf.of(3), ENV, (honest) => async (request) => {
      if (isSlow) await delay(5_000);
      return honest(request);
    });
    await find(FILTER);
    await delay(2_500);
    expect(lists()).toBe(1);
    isSlow = true;
    expect((await find(FILTER)).totalCount).toBe(3);
    await eventually('the walk began', () => lists() === 2);
  });

  test('not when nobody has used it', async () => {
    const { find, lists } = await openShelf(CollectionShelf.of(3), ENV);
    await find(FILTER);
    await delay(3_200);
    expect(lists()).toBe(1);
  });

  test('not out of quota that somebody else may want, unless somebody waits for it', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const env = { ...ENV, UPSTREAM_RATE_PER_MINUTE: '10' };
    const { find, lists, query, upstream } = await openShelf(CollectionShelf.of(3), env);
    await find(FILTER);
    for (const id of ['col_1', 'col_2', 'col_3']) await query(`{ collection(id: "${id}") { name } }`);
    vi.advanceTimersByTime(2_500);
    await find(FILTER);
    vi.advanceTimersByTime(600);
    expect(lists()).toBe(1);
    expect((await find(FILTER)).totalCount).toBe(3);
    expect([lists(), upstream.requests.length]).toEqual([2, 5]);
  });

  test('not where the quota has no room for the whole of it', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const env = { COLLECTION_INDEX_TTL_MS: '100000', UPSTREAM_RATE_PER_MINUTE: '30' };
    const { find, lists, query } = await openShelf(CollectionShelf.of(1_050), env);
    await find(FILTER);
    expect(lists()).toBe(11);
    vi.advanceTimersByTime(85_000);
    for (const id of ['col_1', 'col_2', 'col_3']) await query(`{ collection(id: "${id}") { name } }`);
    expect((await find(FILTER)).totalCount).toBe(1_050);
    await query('{ collection(id: "col_4") { name } }');
    expect(lists()).toBe(11);
  });

  test('not to learn once more that the list is too large', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const env = { ...ENV, MAX_INDEXED_COLLECTIONS: '100' };
    const { find, lists, query } = await openShelf(CollectionShelf.of(101), env);
    await find(FILTER);
    vi.advanceTimersByTime(2_500);
    expect((await find(FILTER)).codes).toEqual(['LIMIT_EXCEEDED']);
    await query('{ collection(id: "col_4") { name } }');
    expect(lists()).toBe(2);
  });

  test('not while the upstream is busy with what somebody waits for', async () => {
    let isSlow = false;
    const env = { ...ENV, UPSTREAM_CONNECTIONS: '2' };
    const { find, lists, query } = await openShelf(
      CollectionShelf.of(3),
      env,
      (honest) => async (request) => {
        if (isSlow) await delay(1_000);
        return honest(request);
      },
    );
    await find(FILTER);
    await delay(2_500);
    isSlow = true;
    const reads = ['col_1', 'col_2', 'col_3'].map((id) => query(`{ collection(id: "${id}") { name } }`));
    await delay(100);
    await find(FILTER);
    await Promise.all(reads);
    // What was let in would be sent when the reads have ended.
    await delay(300);
    expect(lists()).toBe(1);
  });
});
