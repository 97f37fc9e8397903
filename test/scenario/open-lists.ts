import { positionAfter, type WalkedList, walkList } from '../../src/scenario/list-walk.ts';
import type { Row } from '../../src/scenario/page.ts';
import { type Position, startOfList, startOfPart } from '../../src/scenario/position.ts';
import { fail, succeed } from '../../src/shared/result.ts';
import { idsUpTo, OffsetList, type OffsetListManners } from '../support/offset-list.ts';

/** What a page fails with. */
export const DOWN = { kind: 'unreachable', errorCode: 'ECONNREFUSED' } as const;

/** Upstream lists that follow one another, whose pages are counted. */
export function openLists(...lists: readonly OffsetList[]) {
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

/** One list of so many rows. */
export const open = (count: number, manners: OffsetListManners = {}) => {
  const upstream = new OffsetList(idsUpTo(count), manners);
  return { upstream, ...openLists(upstream) };
};

/** The position behind so many rows. */
export async function behind(walk: ReturnType<typeof openLists>['walk'], rows: number, pageSize: number) {
  const { last } = await walk(startOfList(pageSize, 1), rows);
  if (!last) throw new Error('There are no rows.');
  return last;
}

/** A start from which it is never cheaper to start over. */
export const inPagesOf = (pageSize: number): Position => ({ ...startOfPart(0, pageSize), before: null });

/** The ids, one of which stands at another place than before. */
export const moved = (ids: readonly string[], from: number, to: number) =>
  ids.toSpliced(from, 1).toSpliced(to, 0, ids[from] ?? '');
