import { describe, expect, test } from 'vitest';
import { type CollectionFilter, NO_FILTER } from '../../../src/scenario/collections/collection-filter.ts';
import { type CollectionOrder, NEWEST_FIRST } from '../../../src/scenario/collections/collection-order.ts';
import { createPlaceCursorCodecs } from '../../../src/scenario/collections/place-cursor.ts';
import { failed } from '../../http/open-calls.ts';
import { errorOf } from '../open-account.ts';
import { BY_NAME, openFinder, type Wanted } from './open-finder.ts';

const DOWN = failed({ kind: 'unreachable', errorCode: 'ECONNREFUSED' });
const named = (...names: readonly string[]) => names.map((name) => ({ id: name, name }));

describe('collections are sorted', () => {
  const rows = [
    {
      id: 'b',
      name: 'Item 10',
      itemCount: 2,
      createdAt: '2024-01-01T00:00:01Z',
      updatedAt: '2024-01-01T00:00:00Z',
    },
    {
      id: 'a',
      name: 'item 9',
      itemCount: 10,
      createdAt: '2024-01-01T00:00:00.5Z',
      updatedAt: '2024-01-01T00:00:02Z',
    },
    {
      id: 'c',
      name: 'äpfel',
      itemCount: 2,
      createdAt: '2024-01-01T02:00:00+02:00',
      updatedAt: '2024-01-01T00:00:00Z',
    },
  ];

  test.each<[field: CollectionOrder['field'], ids: string]>([
    ['NAME', 'cab'],
    ['CREATED_AT', 'cab'],
    ['UPDATED_AT', 'bca'],
    ['ITEM_COUNT', 'bca'],
  ])('by %s, and by id where that is the same, in both directions', async (field, ids) => {
    const { find } = openFinder(rows);
    expect((await find({ order: { field, direction: 'ASC' } })).ids).toEqual(Array.from(ids));
    expect((await find({ order: { field, direction: 'DESC' } })).ids).toEqual(Array.from(ids).toReversed());
  });

  test('the newest first where nothing else is asked for', async () => {
    const { find } = openFinder(rows);
    expect((await find({ order: NEWEST_FIRST })).ids).toEqual(['b', 'a', 'c']);
  });

  test.each<CollectionOrder['field']>(['NAME', 'CREATED_AT', 'UPDATED_AT', 'ITEM_COUNT'])(
    'by %s, and every edge goes on behind it, in both directions',
    async (field) => {
      const { find } = openFinder(rows);
      for (const direction of ['ASC', 'DESC'] as const) {
        const order = { field, direction };
        const { ids, cursorAt } = await find({ order });
        for (const index of ids.keys()) {
          const rest = await find({ order, after: cursorAt(index) });
          expect(rest).toMatchObject({
            ids: ids.slice(index + 1),
            hasPreviousPage: true,
            hasNextPage: false,
          });
        }
      }
    },
  );
});

test('times sort by their value, also those of parts of a millisecond and those before 1970', async () => {
  const times = [
    '1960-01-01T00:00:00Z',
    '1969-12-31T23:59:59Z',
    '1970-01-01T00:00:00.00025Z',
    '1970-01-01T00:00:00.0005Z',
  ];
  const rows = times.map((createdAt, index) => ({ id: `c${index}`, createdAt }));
  const order = { field: 'CREATED_AT', direction: 'ASC' } as const;
  const { ids } = await openFinder(rows.toReversed()).find({ order });
  expect(ids).toEqual(['c0', 'c1', 'c2', 'c3']);
});

const placeCursors = (secret: string, scope: readonly string[]) =>
  createPlaceCursorCodecs(secret, scope)(NO_FILTER, BY_NAME);

test('a cursor of another credential is none', () => {
  const place = { key: 'a', id: 'b' };
  const cursor = placeCursors('secret', ['key', 'project']).encode(place);
  expect(placeCursors('secret', ['key', 'project']).decode(cursor)).toEqual(place);
  expect(placeCursors('secret', ['key', 'other']).decode(cursor)).toBeNull();
  expect(placeCursors('other', ['key', 'project']).decode(cursor)).toBeNull();
});

test('long names that begin alike go by id, and have cursors', async () => {
  const long = 'x'.repeat(256);
  const { find } = openFinder([
    { id: 'b', name: `${long}1` },
    { id: 'a', name: `${long}2` },
    { id: 'c', name: `${long.slice(1)}1` },
  ]);
  const { ids, cursorAt } = await find();
  expect(ids).toEqual(['c', 'a', 'b']);
  expect((await find({ after: cursorAt(1) })).ids).toEqual(['b']);
});

const at = (second: number) => Date.UTC(2024, 0, 1, 0, 0, second);
const range = (after: number | null, before: number | null) => ({ after, before });

describe('collections are found', () => {
  const rows = [0, 1, 2].map((second) => ({
    id: `c${second}`,
    name: ['Forêt kit', 'forest', 'City kit'][second],
    itemCount: second,
    createdAt: new Date(at(second)).toISOString(),
    updatedAt: new Date(at(2 - second)).toISOString(),
  }));

  test.each<[filter: Partial<CollectionFilter>, ids: readonly string[]]>([
    [{}, ['c2', 'c1', 'c0']],
    [{ words: ['FOR'] }, ['c1', 'c0']],
    [{ words: ['FORET', 'KIT'] }, ['c0']],
    [{ words: ['KIT', 'FORET', 'NO'] }, []],
    [{ isEmpty: true }, ['c0']],
    [{ isEmpty: false }, ['c2', 'c1']],
    [{ createdAt: range(at(0), null) }, ['c2', 'c1']],
    [{ createdAt: range(null, at(2)) }, ['c1', 'c0']],
    [{ createdAt: range(at(0), at(2)) }, ['c1']],
    [{ updatedAt: range(at(0), null) }, ['c1', 'c0']],
    [{ updatedAt: range(null, at(2)) }, ['c2', 'c1']],
    [{ words: ['FOR'], isEmpty: true, createdAt: range(null, at(1)), updatedAt: range(at(1), null) }, ['c0']],
  ])('by all of a filter, and counted: %j', async (filter, ids) => {
    const { find } = openFinder(rows);
    const slice = await find({ filter, order: NEWEST_FIRST });
    expect(slice.ids).toEqual(ids);
    expect(await slice.totalCount()).toBe(ids.length);
  });

  test('by their ids, in the order of these, without those that are not there', async () => {
    const { request, sent } = openFinder(rows);
    const { collections } = request();
    expect(await collections.pick([])).toEqual([]);
    expect(sent).toEqual([]);
    expect(await collections.pick(['c2', 'gone', 'c0'])).toMatchObject([{ id: 'c2' }, { id: 'c0' }]);
  });
});

describe('a slice of what is found', () => {
  test('tells whether there is more, and has a cursor for each row', async () => {
    const { find, sent } = openFinder(named('a', 'b', 'c'));
    const slice = await find({ first: 2 });
    expect(slice).toMatchObject({ ids: ['a', 'b'], hasNextPage: true, hasPreviousPage: false, error: null });
    expect(await find({ first: 3 })).toMatchObject({ hasNextPage: false });
    expect(await find({ first: 1, after: slice.cursorAt(1) })).toMatchObject({
      ids: ['c'],
      hasNextPage: false,
    });
    expect(sent).toEqual(['GET /collections?pageSize=100']);
  });

  test('of no rows needs no call, but is counted', async () => {
    const { find, sent } = openFinder(named('a', 'b'));
    const slice = await find({ first: 0 });
    expect(slice).toMatchObject({ ids: [], hasNextPage: false });
    expect(sent).toEqual([]);
    expect(await slice.totalCount()).toBe(2);
  });

  test.each([-1, 501])('of %i rows is refused without a call', async (first) => {
    const { find, sent } = openFinder(named('a'));
    expect(await errorOf(find({ first }))).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(sent).toEqual([]);
  });

  test('behind a cursor of another filter or order is refused without a call', async () => {
    const { find } = openFinder(named('a', 'b'));
    const after = (await find({ first: 1 })).cursorAt(0);
    const other = openFinder(named('a', 'b'));
    const wanted: readonly Wanted[] = [
      { filter: { words: ['A'] } },
      { order: { field: 'NAME', direction: 'DESC' } },
      { order: { field: 'CREATED_AT', direction: 'ASC' } },
    ];
    for (const each of [...wanted, { after: 'nonsense' }])
      expect(await errorOf(other.find({ after, ...each }))).toMatchObject({
        code: 'BAD_USER_INPUT',
        message: expect.stringContaining('not a valid cursor'),
      });
    expect(other.sent).toEqual([]);
  });

  test('that fails is an error at first, and an empty one behind a cursor, which is not counted', async () => {
    const after = (await openFinder(named('a', 'b')).find({ first: 1 })).cursorAt(0);
    const { find } = openFinder([], () => DOWN);
    expect(await errorOf(find())).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    const slice = await find({ after });
    expect(slice).toMatchObject({
      ids: [],
      hasNextPage: true,
      resumesAt: after,
      error: { code: 'UPSTREAM_UNAVAILABLE' },
    });
    expect(slice.totalCount()).toBeNull();
  });

  test('is of one moment, with its total, within a request', async () => {
    const { request } = openFinder(named('a', 'b'));
    const { collections } = request();
    const query = { filter: NO_FILTER, order: BY_NAME };
    const wanted = { first: 9, after: null };
    const [one, other] = await Promise.all([
      collections.find(query, wanted),
      collections.find(query, wanted),
    ]);
    expect([await one.totalCount(), await other.totalCount()]).toEqual([2, 2]);
  });
});
