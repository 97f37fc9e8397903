import { describe, expect, test } from 'vitest';
import type { WalkedList } from '../../src/scenario/list-walk.ts';
import type { Row } from '../../src/scenario/page.ts';
import { startOfList, startOfPart } from '../../src/scenario/position.ts';
import { idsUpTo, OffsetList } from '../support/offset-list.ts';
import { behind, DOWN, inPagesOf, moved, open, openLists } from './open-lists.ts';

const lists = () => openLists(new OffsetList(idsUpTo(7)), new OffsetList(['x', 'y', 'z']));
const belongs = ({ id }: Row, part: number) => isOdd(id) === (part === 1);
const isOdd = (id: string) => Number(id.split('_')[1]) % 2 === 1;

describe('a walk', () => {
  test.each<[what: string, count: number, first: number, pages: string[], hasMore: boolean]>([
    ['ends with its rows, in the middle of a page', 30, 25, ['0 start 10', '0 10:10 10', '0 20:10 10'], true],
    ['ends with its rows, at the end of a page', 30, 20, ['0 start 10', '0 10:10 10'], true],
    ['ends with the list', 15, 40, ['0 start 10', '0 10:10 10'], false],
    ['ends with its rows where the list does', 20, 20, ['0 start 10', '0 10:10 10'], false],
    ['ends at once where there is nothing', 0, 5, ['0 start 10'], false],
  ])('%s', async (_what, count, first, pages, hasMore) => {
    const { walk, fetched } = open(count);
    const found = await walk(inPagesOf(10), first);
    expect(found).toMatchObject({ ids: idsUpTo(count).slice(0, first), hasMore, failure: null });
    expect(fetched).toEqual(pages);
  });

  test('does not know how many rows lie before where its start does not', async () => {
    const { positions } = await open(30).walk(inPagesOf(10), 25);
    expect(new Set(positions.map(({ before }) => before))).toEqual(new Set([null]));
    const { last } = await open(30).walk({ ...startOfPart(0, 10), before: null, isInside: true }, 5);
    expect(last?.before).toBeNull();
  });

  test('gives what it has, and why it ended, where a page fails', async () => {
    const { walk, state, list } = open(30);
    const broken: WalkedList<Row> = {
      ...list,
      fetchPage: (...page) => {
        const fetched = list.fetchPage(...page);
        state.failing = true;
        return fetched;
      },
    };
    expect(await walk(inPagesOf(10), 25, broken)).toMatchObject({
      ids: idsUpTo(10),
      hasMore: true,
      failure: DOWN,
    });
  });

  test.each(['same-token', 'empty-page', 'empty', 'null'] as const)(
    'ends where the upstream says so by %s, and fetches nothing twice',
    async (end) => {
      const { walk, fetched } = open(20, { end });
      expect(await walk(inPagesOf(10), 50)).toMatchObject({ ids: idsUpTo(20), hasMore: false });
      expect(new Set(fetched).size).toBe(fetched.length);
    },
  );

  test('gives each row once, where pages overlap, and is not shorter for it', async () => {
    const { walk } = open(40, { overlap: 3 });
    expect((await walk(inPagesOf(10), 35)).ids).toEqual(idsUpTo(35));
  });

  test('reads lists that follow one another as one, and goes on in each of them', async () => {
    const { walk, fetched } = lists();
    const all = [...idsUpTo(7), 'x', 'y', 'z'];
    const found = await walk(inPagesOf(5), 9);
    expect(found).toMatchObject({ ids: all.slice(0, 9), hasMore: true });
    expect(fetched).toEqual(['0 start 5', '0 5:5 5', '1 start 5']);
    for (const [index, position] of found.positions.entries())
      expect((await lists().walk(position, 20)).ids).toEqual(all.slice(index + 1));
    expect((await lists().walk(startOfList(5, 1), 20)).hasMore).toBe(false);
  });

  test('passes over rows that do not belong to their part, which positions count all the same', async () => {
    const { walk, list } = openLists(new OffsetList(idsUpTo(12)), new OffsetList(idsUpTo(12)));
    const found = await walk(startOfList(5, 1), 9, { ...list, belongs });
    expect(found.ids).toEqual([0, 2, 4, 6, 8, 10, 1, 3, 5].map((index) => `col_${index}`));
    expect(found.positions[2]?.before).toBe(5);
    // From each of them it goes on with the same rows, also with those that it has passed over in an earlier part.
    for (const [index, position] of found.positions.entries()) {
      const rest = await walk(position, 9, { ...list, belongs });
      expect(rest.ids.slice(0, 8 - index)).toEqual(found.ids.slice(index + 1));
      const onward = await walk({ ...position, before: null }, 9, { ...list, belongs });
      expect(onward.ids).toEqual(rest.ids);
    }
    expect((await walk(found.positions[4] ?? startOfList(5, 1), 3, { ...list, belongs })).ids).toEqual([
      'col_10',
      'col_1',
      'col_3',
    ]);
  });
});

describe('a position', () => {
  test.each([1, 3, 7, 100])('behind each row goes on with the next, with pages of %i', async (pageSize) => {
    const { walk } = open(25);
    const all = idsUpTo(25);
    const { positions } = await walk(startOfList(pageSize, 1), 25);
    for (const [index, position] of positions.entries()) {
      expect(position.before).toBe(index + 1);
      const found = await walk(position, 4);
      expect(found.ids).toEqual(all.slice(index + 1, index + 5));
      expect(found.positions.map(({ before }) => before)).toEqual(
        found.ids.map((_, offset) => index + 2 + offset),
      );
    }
  });

  test('inside a page remembers the page, at its end the next one and its last eight rows', async () => {
    const { walk } = open(30);
    const [inside, end] = [await behind(walk, 15, 10), await behind(walk, 20, 10)];
    expect(inside).toMatchObject({ isInside: true, pageSize: 10, before: 15, token: btoa('?>10:10') });
    expect(inside.passed).toHaveLength(5);
    expect(end).toMatchObject({ isInside: false, pageSize: 10, before: 20, token: btoa('?>20:10') });
    expect(end.passed).toHaveLength(8);
  });

  test.each<[what: string, change: (ids: string[]) => string[], next: (at: number) => number]>([
    ['rows are inserted before it', (ids) => ['new_1', 'new_2', ...ids], (at) => at],
    ['rows before it are deleted', (ids) => ids.slice(2), (at) => at],
    ['nothing changes', (ids) => ids, (at) => at],
  ])('goes on with the next row that is there when %s', async (_what, change) => {
    for (const at of [3, 8, 10, 15, 20]) {
      const { walk, upstream } = open(40);
      const position = await behind(walk, at, 10);
      upstream.ids = change(idsUpTo(40));
      const { ids } = await walk(position, 5);
      const first = Number(ids[0]?.split('_')[1]);
      expect(ids).toEqual(idsUpTo(40).slice(first, first + 5));
      // Nothing twice; what was deleted may have pulled others past the place that a token knows.
      expect(first).toBeGreaterThanOrEqual(at);
      expect(first).toBeLessThanOrEqual(at + 2);
    }
  });

  test('inside a page loses nothing when a row that was passed moves to a later page', async () => {
    const { walk, upstream } = open(40);
    const position = await behind(walk, 15, 10);
    upstream.ids = moved(idsUpTo(40), 12, 35);
    expect((await walk({ ...position, before: null }, 40)).ids).toEqual(idsUpTo(40).slice(15));
  });

  test('on a last page that says so by its own token fetches it once', async () => {
    const { walk, fetched } = open(20, { end: 'same-token' });
    const position = await behind(walk, 15, 10);
    fetched.length = 0;
    expect((await walk({ ...position, before: null }, 10)).ids).toEqual(idsUpTo(20).slice(15));
    expect(fetched).toEqual(['0 10:10 10']);
  });

  test('inside a page loses nothing when the row that it stands behind is deleted', async () => {
    const { walk, upstream } = open(40);
    const position = await behind(walk, 15, 10);
    upstream.ids = idsUpTo(40).filter((id) => id !== 'col_14');
    expect((await walk(position, 5)).ids).toEqual(idsUpTo(40).slice(15, 20));
  });
});
