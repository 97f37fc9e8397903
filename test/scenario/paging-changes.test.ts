import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import { openFrontDoor } from '../support/front-door.ts';
import { ListReader } from '../support/list-reader.ts';
import { END_FORMS, idsUpTo, OffsetList } from '../support/offset-list.ts';
import { LIST, readSlice } from '../support/slices.ts';

interface Moment {
  readonly reader: ListReader;
  /** What was given up to and with the edge whose cursor is held. */
  readonly given: readonly string[];
  readonly cursor: string;
  /** Offset of the page in which that edge stands. */
  readonly pageStart: number;
}

/** How slices are read: rows of each, and the smallest page that they may be cut from. */
interface Manner {
  readonly size: number;
  readonly minPageSize: number;
}

function pageSizeOf({ size, minPageSize }: Manner): number {
  return Math.min(Math.max(size, minPageSize), 100);
}

/** Reads slices up to the edge with this index in the whole list. */
async function readUpTo(list: OffsetList, manner: Manner, edge: number): Promise<Moment> {
  const { size, minPageSize } = manner;
  const reader = new ListReader(list, minPageSize);
  const given: string[] = [];
  let after: string | null = null;
  for (;;) {
    const slice = await reader.read(size, after);
    const index = edge - given.length;
    if (index < slice.ids.length) {
      given.push(...slice.ids.slice(0, index + 1));
      return { reader, given, cursor: slice.cursorAt(index), pageStart: edge - (edge % pageSizeOf(manner)) };
    }
    given.push(...slice.ids);
    after = slice.cursorAt(slice.ids.length - 1);
  }
}

/** Goes on to the end and tells what came twice and what of that which was there all along came never. */
async function goOn({ reader, given, cursor }: Moment, { size }: Manner) {
  const rest = await reader.readToEnd(size, cursor);
  const seen = [...given, ...rest];
  return {
    repeated: seen.filter((id, index) => seen.indexOf(id) !== index),
    skipped: reader.list.ids.filter((id) => id.startsWith('col_') && !seen.includes(id)),
  };
}

const NOTHING = { repeated: [], skipped: [] };
const manner = fc.record({ size: fc.integer({ min: 1, max: 130 }), minPageSize: fc.constantFrom(1, 100) });
const edge = fc.integer({ min: 0, max: 259 });
const LENGTH = 260;

function added(count: number, moment: string): string[] {
  return Array.from({ length: count }, (_, index) => `new_${moment}_${index}`);
}

describe('rows that come or go behind a cursor that is held', () => {
  test('cost and repeat nothing when they are of its page or after, and leave the last given row on its page', async () => {
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      remove: fc.nat(6),
      insert: fc.nat(6),
    });
    await fc.assert(
      fc.asyncProperty(manner, edge, fc.array(change, { maxLength: 4 }), async (slices, index, changes) => {
        const moment = await readUpTo(new OffsetList(idsUpTo(LENGTH)), slices, index);
        const { ids } = moment.reader.list;
        const pageLength = pageSizeOf(slices);
        // At the edge of a page the cursor stands before the next one.
        const isAtEdge = (index + 1) % pageLength === 0 && index + 1 < LENGTH;
        const from = isAtEdge ? index + 1 : moment.pageStart;
        for (const [turn, { at, remove, insert }] of changes.entries()) {
          const place = from + Math.floor(at * (ids.length - from));
          ids.splice(place, remove);
          const lastGiven = ids.findLastIndex((id) => moment.given.includes(id));
          const room = place > lastGiven ? insert : from + pageLength - 1 - lastGiven;
          ids.splice(place, 0, ...added(Math.min(insert, room), String(turn)));
        }
        expect(await goOn(moment, slices)).toEqual(NOTHING);
      }),
      { numRuns: 300 },
    );
  });

  test.each(END_FORMS)(
    'repeat nothing when fewer than a slice were inserted before it, with the end %s',
    async (end) => {
      await fc.assert(
        fc.asyncProperty(manner, edge, fc.nat(99), fc.nat(), async (slices, index, count, pick) => {
          const list = new OffsetList(idsUpTo(LENGTH), { end });
          const moment = await readUpTo(list, slices, index);
          list.ids.splice(pick % (index + 1), 0, ...added(count % Math.min(slices.size, 100), 'before'));
          expect(await goOn(moment, slices)).toEqual(NOTHING);
        }),
        { numRuns: 200 },
      );
    },
  );

  test('skip nothing when no more were deleted before its page than were given of it', async () => {
    await fc.assert(
      fc.asyncProperty(manner, edge, fc.nat(), async (slices, index, count) => {
        const moment = await readUpTo(new OffsetList(idsUpTo(LENGTH)), slices, index);
        const isAtEdge = (index + 1) % pageSizeOf(slices) === 0;
        fc.pre(!isAtEdge || index + 1 === LENGTH);
        const givenOfPage = index + 1 - moment.pageStart;
        const deleted = Math.min(count % (givenOfPage + 1), moment.pageStart);
        moment.reader.list.ids.splice(0, deleted);
        expect(await goOn(moment, slices)).toEqual(NOTHING);
      }),
      { numRuns: 300 },
    );
  });
});

describe('through the front door', () => {
  test('a collection that is created between two slices is not the cause of a repeated one', async () => {
    const list = new OffsetList(idsUpTo(40));
    const { query } = await openFrontDoor(list.answer);
    const { edges } = await readSlice(query, { first: 10 });
    list.ids.unshift('new_1');
    for (const [index, { cursor }] of edges.entries()) {
      const next = await readSlice(query, { first: 10, after: cursor });
      expect(next.edges.map(({ node }) => node.scenarioId)).toEqual(idsUpTo(index + 11).slice(index + 1));
    }
  });

  test('nor is one that is created when the last page was full and pointed to an empty one', async () => {
    const list = new OffsetList(idsUpTo(30), { end: 'empty-page' });
    const { query } = await openFrontDoor(list.answer);
    const { pageInfo } = await readSlice(query, { first: 30 });
    expect(pageInfo.hasNextPage).toBe(true);
    list.ids.unshift('new_1', 'new_2');
    const next = await readSlice(query, { first: 30, after: pageInfo.endCursor });
    expect(next).toMatchObject({ edges: [], pageInfo: { hasNextPage: false } });
  });

  test('a cursor works when the row that it stood for, and all before it, are deleted', async () => {
    const list = new OffsetList(idsUpTo(40));
    const { query } = await openFrontDoor(list.answer);
    const { edges } = await readSlice(query, { first: 10 });
    list.ids.splice(0, 5);
    const next = await readSlice(query, { first: 10, after: edges[4]?.cursor });
    expect(next.edges.map(({ node }) => node.scenarioId)).toEqual(idsUpTo(15).slice(5));
  });

  test('a cursor works when everything was deleted', async () => {
    const list = new OffsetList(idsUpTo(40));
    const { query } = await openFrontDoor(list.answer);
    const { edges } = await readSlice(query, { first: 10 });
    list.ids = [];
    for (const { cursor } of edges) {
      const { body } = await query(LIST, { first: 10, after: cursor });
      expect(body.errors).toBeUndefined();
      expect(dig(body.data, 'collections', 'edges')).toEqual([]);
      expect(dig(body.data, 'collections', 'pageInfo', 'hasNextPage')).toBe(false);
    }
  });

  test('rows that are added behind the end show when the last cursor is used again', async () => {
    const list = new OffsetList(idsUpTo(12));
    const { query } = await openFrontDoor(list.answer);
    const { edges, pageInfo } = await readSlice(query, { first: 20 });
    expect(pageInfo.hasNextPage).toBe(false);
    list.ids.push('col_12', 'col_13');
    const more = await readSlice(query, { first: 20, after: edges.at(-1)?.cursor });
    expect(more.edges.map(({ node }) => node.scenarioId)).toEqual(['col_12', 'col_13']);
  });
});
