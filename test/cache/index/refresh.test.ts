import { describe, expect, test } from 'vitest';
import { fail, succeed } from '../../../src/shared/result.ts';
import { scopeOf } from '../../http/calls.ts';
import { DOWN, fakeClocks, type OpenIndex, openWalked, pass, ROWS, TTL_MS, walkTo } from './open-index.ts';
import { row } from './records.ts';

fakeClocks();

describe('an index that was used since it was walked is walked again', () => {
  test('in the background, from 80 % of its time on, while who asks is answered', async () => {
    const { find, walk, walks } = await openWalked();
    for (let turn = 0; turn < 3; turn += 1) expect(await find()).toEqual(['a', 'b', 'c']);
    await pass(TTL_MS * 0.8 - 1);
    expect(walks).toHaveLength(1);
    await pass(1);
    expect(walks[1]?.scope.priority).toBe('background');
    expect(await find()).toEqual(['a', 'b', 'c']);
    (await walk(1)).end(succeed([...ROWS, row('d')]));
    await pass(0);
    expect(await find()).toEqual(['a', 'b', 'c', 'd']);
    expect(walks).toHaveLength(2);
  });

  test('at once when it is used later than that', async () => {
    const { find, walks } = await openWalked();
    await pass(TTL_MS * 0.8);
    expect(walks).toHaveLength(1);
    await find();
    await find();
    expect(walks).toHaveLength(2);
  });

  test.each([
    ['fails', (walk: OpenIndex['walks'][number]) => walk.end(fail(DOWN))],
    ['breaks', (walk: OpenIndex['walks'][number]) => walk.break(new Error('broken'))],
  ])('a tenth of its time after that walk %s', async (_how, end) => {
    const { find, walk, walks } = await openWalked();
    await pass(TTL_MS * 0.8);
    await find();
    end(await walk(1));
    await pass(TTL_MS * 0.1 - 1);
    await find();
    expect(walks).toHaveLength(2);
    await pass(1);
    await find();
    expect(walks).toHaveLength(3);
  });

  test('not without spare capacity for as many records', async () => {
    const asked: number[] = [];
    const hasSpareCapacity = (records: number): boolean => {
      asked.push(records);
      return false;
    };
    const { find, walks } = await openWalked({ hasSpareCapacity });
    await pass(TTL_MS * 0.8);
    await find();
    expect([asked, walks.length]).toEqual([[3], 1]);
  });

  test('not when another walk has taken its place meanwhile, or it was dropped', async () => {
    const opened = await openWalked();
    await opened.find();
    await opened.note({ kind: 'unknown', id: null });
    await walkTo(opened);
    await pass(TTL_MS * 0.9);
    expect(opened.walks).toHaveLength(2);
    opened.index.dropOldest();
    expect(opened.index.bytes).toBe(0);
  });

  test('for whoever waits for it meanwhile, no longer in the background', async () => {
    const { find, note, walk, walks } = await openWalked();
    await find();
    await pass(TTL_MS * 0.8);
    await note({ kind: 'unknown', id: null });
    const scope = { ...scopeOf(), priority: 'write' as const };
    const found = find(scope);
    await pass(0);
    expect([walks.length, walks[1]?.scope.priority, scope.tally.shared]).toEqual([2, 'write', 1]);
    void find();
    await pass(0);
    expect(walks[1]?.scope.priority).toBe('write');
    (await walk(1)).end(succeed(ROWS));
    expect(await found).toEqual(['a', 'b', 'c']);
  });

  test('not when it has given way meanwhile', async () => {
    const { find, index, walks } = await openWalked();
    await find();
    index.dropOldest();
    await pass(TTL_MS * 0.8);
    expect(walks).toHaveLength(1);
  });
});
