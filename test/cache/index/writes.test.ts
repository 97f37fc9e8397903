import { describe, expect, test } from 'vitest';
import type { Patch } from '../../../src/cache/index/patch.ts';
import { fail, succeed } from '../../../src/shared/result.ts';
import {
  DOWN,
  fakeClocks,
  openIndex,
  openWalked,
  pass,
  REMOVE,
  RENAME,
  ROWS,
  TTL_MS,
  UNSETTLED_MS,
  walkTo,
} from './open-index.ts';
import { type Row, row } from './records.ts';

fakeClocks();

describe('a write', () => {
  test('shows at once in what is kept, without another walk', async () => {
    const { find, note, walks } = await openWalked();
    await note(RENAME);
    await note({ kind: 'added', item: row('d') });
    await note(REMOVE);
    await note({ kind: 'seen', item: row('c', 'seen', 1) });
    expect(await find()).toEqual(['d', 'renamed', 'seen']);
    await pass(UNSETTLED_MS + 1);
    expect(await find()).toEqual(['d', 'renamed', 'seen']);
    expect(walks).toHaveLength(1);
  });

  test('that ends while the list is walked is applied over what is read', async () => {
    const { find, note, walk, walks } = openIndex();
    const found = find();
    await pass(10);
    await note({ kind: 'added', item: row('d') });
    (await walk(0)).end(succeed(ROWS));
    expect(await found).toEqual(['a', 'b', 'c', 'd']);
    expect(walks).toHaveLength(1);
  });

  test.each<[string, Patch<Row>, string[]]>([
    ['changes a record', RENAME, ['a', 'c', 'd', 'renamed']],
    ['removes one', REMOVE, ['b', 'c', 'd']],
    ['may have changed one', { kind: 'unknown', id: 'b' }, ['a', 'b', 'c', 'd']],
  ])(
    'that %s during the first walk makes it walk twice: rows may have moved past it',
    async (_what, patch, names) => {
      const { find, note, walk, walks } = openIndex();
      const found = find();
      await pass(10);
      await note(patch);
      (await walk(0)).end(succeed([row('a'), row('b'), row('c')]));
      await pass(0);
      expect(walks).toHaveLength(2);
      await pass(1);
      (await walk(1)).end(succeed([row('b'), row('c'), row('d')]));
      expect(await found).toEqual(names);
      expect(await find()).toEqual(names);
      expect(walks).toHaveLength(2);
    },
  );

  test('during a second walk that fails is told as that failure', async () => {
    const { find, note, walk } = openIndex();
    const found = find();
    await pass(1);
    await note(REMOVE);
    (await walk(0)).end(succeed(ROWS));
    await pass(0);
    (await walk(1)).end(fail(DOWN));
    expect(await found).toBe('unreachable');
  });

  test('during a walk that has brought all that was known leads to no second walk', async () => {
    const opened = await openWalked();
    await pass(TTL_MS);
    const found = opened.find();
    await pass(1);
    await opened.note(REMOVE);
    (await opened.walk(1)).end(succeed([row('b'), row('c')]));
    expect(await found).toEqual(['b', 'c']);
    expect(opened.walks).toHaveLength(2);
  });

  test('during a walk that lacks a row which was known leads to a second', async () => {
    const opened = await openWalked();
    await pass(TTL_MS);
    const found = opened.find();
    await pass(1);
    await opened.note(REMOVE);
    (await opened.walk(1)).end(succeed([row('b')]));
    await pass(0);
    (await opened.walk(2)).end(succeed([row('c')]));
    expect(await found).toEqual(['b', 'c']);
  });

  test.each([
    ['began before the end of the walk', 51, 2],
    ['began later', 50, 1],
  ])(
    'that moves rows and %s makes what was walked first useless: it took %i ms',
    async (_when, tookMs, walkCount) => {
      const opened = openIndex();
      await walkTo(opened, ROWS, 100);
      await pass(50);
      await opened.note(RENAME, { tookMs });
      void opened.find();
      await pass(0);
      expect(opened.walks).toHaveLength(walkCount);
    },
  );

  test('that began before the end of a walk leaves it of use where that has brought all that was known', async () => {
    const opened = await openWalked();
    await pass(TTL_MS);
    await walkTo(opened, ROWS, 100);
    await opened.note(RENAME, { tookMs: 60 });
    expect(await opened.find()).toEqual(['a', 'c', 'renamed']);
    expect(opened.walks).toHaveLength(2);
  });

  test('that began during a walk which lacks a row leaves it of no use', async () => {
    const opened = await openWalked();
    await pass(TTL_MS);
    await walkTo(opened, [row('b'), row('c')], 100);
    await opened.note(RENAME, { tookMs: 60 });
    void opened.find();
    await pass(0);
    expect(opened.walks).toHaveLength(3);
  });

  test('whose outcome is known lets a walk behind it hold for its whole time', async () => {
    const opened = await openWalked();
    await pass(TTL_MS - 1);
    await opened.note(RENAME);
    await pass(1);
    await walkTo(opened);
    await pass(TTL_MS - 1);
    expect(await opened.find()).toEqual(['a', 'b', 'c']);
  });

  test('that removed the only row which a walk lacked leaves it of use', async () => {
    const opened = await openWalked();
    await pass(TTL_MS);
    await walkTo(opened, [row('b'), row('c')], 100);
    await opened.note(REMOVE);
    await opened.note(RENAME, { tookMs: 60 });
    expect(await opened.find()).toEqual(['c', 'renamed']);
    expect(opened.walks).toHaveLength(2);
  });

  test('of which nobody knows what it did to a record leads to another walk, unless that is told', async () => {
    const opened = await openWalked();
    await opened.note({ kind: 'unknown', id: 'b' });
    await opened.note({ kind: 'seen', item: row('b', 'as it is', 1) });
    expect(await opened.find()).toEqual(['a', 'as it is', 'c']);
    await opened.note({ kind: 'unknown', id: 'b' });
    await walkTo(opened);
    expect(await opened.find()).toEqual(['a', 'b', 'c']);
    expect(opened.walks).toHaveLength(2);
  });

  test('that may have added a record leads to another walk, unless it was told during one', async () => {
    const opened = await openWalked();
    await opened.note({ kind: 'unknown', id: null });
    const found = opened.find();
    await pass(1);
    await opened.note({ kind: 'unknown', id: null });
    await pass(1);
    (await opened.walk(1)).end(succeed(ROWS));
    expect(await found).toEqual(['a', 'b', 'c']);
    expect(await opened.find()).toEqual(['a', 'b', 'c']);
    expect(opened.walks).toHaveLength(2);
  });

  test('that may still arrive lets what is walked meanwhile expire when it cannot any more', async () => {
    const opened = await openWalked();
    await opened.note({ kind: 'seen', item: row('b') }, { isSettled: false });
    await pass(UNSETTLED_MS - 1);
    expect(await opened.find()).toEqual(['a', 'b', 'c']);
    await pass(1);
    await walkTo(opened);
    await pass(TTL_MS * 0.7);
    expect(await opened.find()).toEqual(['a', 'b', 'c']);
    expect(opened.walks).toHaveLength(2);
  });

  test('that may still arrive when a walk begins lets it expire too, the last of several', async () => {
    const opened = openIndex();
    await opened.note(RENAME, { isSettled: false });
    await pass(1_000);
    await opened.note(RENAME, { isSettled: false });
    await pass(1_000);
    await walkTo(opened);
    await pass(UNSETTLED_MS - 1_001);
    expect(await opened.find()).toEqual(['a', 'b', 'c']);
    await pass(1);
    void opened.find();
    await pass(0);
    expect(opened.walks).toHaveLength(2);
  });
});
