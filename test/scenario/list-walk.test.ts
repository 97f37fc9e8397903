import { describe, expect, test } from 'vitest';
import { positionAfter, type WalkedList, walkList } from '../../src/scenario/list-walk.ts';
import type { Row } from '../../src/scenario/page.ts';
import { type Position, startOfList, startOfPart } from '../../src/scenario/position.ts';
import { fail, succeed } from '../../src/shared/result.ts';
import { idsUpTo, OffsetList, type OffsetListManners } from '../support/offset-list.ts';

const DOWN = { kind: 'unreachable', errorCode: 'ECONNREFUSED' } as const;

/** Upstream lists that follow one another, whose pages are counted. */
function openLists(...lists: readonly OffsetList[]) {
  const fetched: string[] = [];
  const state = { failing: false };
  const list: WalkedList<Row> = {
    parts: lists.length,
    fetchPage: async (part, token, pageSize) => {
      fetched.push(`${part} ${token === null ? 'start' : atob(token).slice(2)} ${pageSize}`);
      if (state.failing) return fail(DOWN);
      const page = lists[part]?.page(token, pageSize);
      if (!page) throw new Error(`There is no list ${part}.`);
      return succeed({ rows: page.ids.map((id) => ({ id })), nextToken: page.nextToken || null });
    },
  };
  const walk = async (start: Position, first: number, walked: WalkedList<Row> = list) => {
    const { rows, hasMore, failure } = await walkList(walked, start, first);
    const positions = rows.map(positionAfter);
    return { ids: rows.map(({ item }) => item.id), hasMore, failure, positions, last: positions.at(-1) };
  };
  return { list, walk, fetched, state };
}

const open = (count: number, manners: OffsetListManners = {}) => {
  const upstream = new OffsetList(idsUpTo(count), manners);
  return { upstream, ...openLists(upstream) };
};

/** The position behind so many rows. */
async function behind(walk: ReturnType<typeof openLists>['walk'], rows: number, pageSize: number) {
  const { last } = await walk(startOfList(pageSize, 1), rows);
  if (!last) throw new Error('There are no rows.');
  return last;
}

/** A start from which it is never cheaper to start over. */
const inPagesOf = (pageSize: number): Position => ({ ...startOfPart(0, pageSize), before: null });

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

  test('inside a page loses nothing when the row that it stands behind is deleted', async () => {
    const { walk, upstream } = open(40);
    const position = await behind(walk, 15, 10);
    upstream.ids = idsUpTo(40).filter((id) => id !== 'col_14');
    expect((await walk(position, 5)).ids).toEqual(idsUpTo(40).slice(15, 20));
  });
});

describe('from a position of small pages a walk', () => {
  test('starts over in large pages where that takes fewer, and finds its place by the rows that it knows', async () => {
    const { walk, fetched, upstream } = open(300);
    const position = await behind(walk, 12, 4);
    fetched.length = 0;
    expect(await walk(position, 50)).toMatchObject({ ids: idsUpTo(300).slice(12, 62), hasMore: true });
    expect(fetched).toEqual(['0 start 100']);
    upstream.ids = ['new_1', ...idsUpTo(300)];
    expect((await walk(position, 50)).ids).toEqual(idsUpTo(300).slice(12, 62));
  });

  test('goes on in small pages where that takes no more', async () => {
    const { walk, fetched } = open(300);
    const position = await behind(walk, 12, 4);
    fetched.length = 0;
    expect((await walk(position, 4)).ids).toEqual(idsUpTo(300).slice(12, 16));
    expect(fetched).toEqual(['0 12:4 4']);
  });

  test('goes on by its token where none of the rows that it knows is there any more', async () => {
    const { walk, upstream, fetched } = open(120);
    const position = await behind(walk, 12, 4);
    upstream.ids = idsUpTo(120).map((id, index) => (index < 12 ? `new_${index}` : id));
    fetched.length = 0;
    expect((await walk(position, 30)).ids).toEqual(idsUpTo(120).slice(12, 42));
    expect(fetched.slice(0, 3)).toEqual(['0 start 100', '0 100:100 100', '0 12:4 4']);
  });

  test('gives up where the first page fails', async () => {
    const { walk, state, fetched } = open(120);
    const position = await behind(walk, 12, 4);
    state.failing = true;
    fetched.length = 0;
    expect(await walk(position, 50)).toMatchObject({ ids: [], hasMore: true, failure: DOWN });
    expect(fetched).toHaveLength(1);
  });

  test('passes over what was inserted within the rows that it knows, also across large pages', async () => {
    const { walk, upstream } = open(300);
    const position = await behind(walk, 101, 9);
    upstream.ids = idsUpTo(300).toSpliced(100, 0, 'new_1');
    expect((await walk(position, 95)).ids).toEqual(idsUpTo(300).slice(101, 196));
  });

  test('gives nothing twice where large pages overlap', async () => {
    for (const rows of [99, 100, 101]) {
      const { walk, upstream } = open(300);
      const position = await behind(walk, rows, 9);
      const overlapping = openLists(new OffsetList(upstream.ids, { overlap: 3 }));
      expect((await overlapping.walk(position, 95)).ids).toEqual(idsUpTo(300).slice(rows, rows + 95));
    }
  });

  test('finds a place that lies at the end of a large page', async () => {
    const { walk, fetched } = open(300);
    for (const rows of [99, 100, 101]) {
      const position = await behind(walk, rows, 9);
      fetched.length = 0;
      expect((await walk(position, 95)).ids).toEqual(idsUpTo(300).slice(rows, rows + 95));
      expect(fetched.slice(0, 2)).toEqual(['0 start 100', '0 100:100 100']);
    }
  });
});
