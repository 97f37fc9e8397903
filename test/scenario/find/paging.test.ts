import { describe, expect, test } from 'vitest';
import { CollectionShelf } from '../../support/collection-shelf.ts';
import { type Found, openShelf, type ShelfDoor, type Wanted } from './front-door.ts';

const BY_NAME = { field: 'NAME', direction: 'ASC' } as const;

/** Pages to the end. @param turn is called between two pages */
async function pageThrough({ find }: ShelfDoor, wanted: Wanted, turn: (page: number) => unknown = () => {}) {
  const names: unknown[] = [];
  let after: string | null = null;
  for (let page = 1; ; page += 1) {
    const found: Found = await find({ ...wanted, after });
    names.push(...found.names);
    if (found.hasNextPage !== true || typeof found.endCursor !== 'string') return names;
    after = found.endCursor;
    await turn(page);
  }
}

test.each([1, 7, 100])('pages of %i give every collection once and in order', async (first) => {
  const door = await openShelf(CollectionShelf.of(45));
  const all = (await door.find({ orderBy: BY_NAME })).names;
  expect(all).toHaveLength(45);
  for (const direction of ['ASC', 'DESC'] as const) {
    const names = await pageThrough(door, { first, orderBy: { ...BY_NAME, direction } });
    expect(names).toEqual(direction === 'ASC' ? all : all.toReversed());
  }
  expect(door.lists()).toBe(1);
});

test('every edge resumes the list, and says whether there is more', async () => {
  const { find } = await openShelf(CollectionShelf.of(9));
  const orderBy = { field: 'ITEM_COUNT', direction: 'DESC' } as const;
  const { ids, cursors } = await find({ orderBy });
  for (const [index, cursor] of cursors.entries()) {
    const slice = await find({ orderBy, first: 2, after: String(cursor) });
    expect(slice).toMatchObject({ ids: ids.slice(index + 1, index + 3), hasNextPage: index + 3 < 9 });
  }
});

test('what comes and goes between two pages neither repeats nor hides others', async () => {
  const shelf = new CollectionShelf(...['b', 'd', 'f', 'h', 'j', 'l'].map((name) => ({ id: name, name })));
  const door = await openShelf(shelf);
  const names = await pageThrough(door, { first: 2, orderBy: BY_NAME }, async (page) => {
    if (page !== 1) return;
    // The last row of the page, one before it, one behind it, and new ones on both sides.
    for (const id of ['d', 'b', 'h'])
      await door.query(`mutation { deleteCollection(input: { id: "${id}" }) { __typename } }`);
    for (const name of ['a', 'e'])
      await door.query(`mutation { createCollection(input: { name: "${name}" }) { __typename } }`);
  });
  expect(names).toEqual(['b', 'd', 'e', 'f', 'j', 'l']);
});

test('a name of any length has a cursor, and long ones that begin alike go by id', async () => {
  const long = '長🙂'.repeat(500);
  const shelf = new CollectionShelf({ name: `${long}b` }, { name: `${long}a` }, { name: long });
  const door = await openShelf(shelf);
  expect(await pageThrough(door, { first: 1, orderBy: BY_NAME })).toHaveLength(3);
});

describe('a cursor is refused without a call when it', () => {
  const given = { first: 1, filter: { name: 'props' }, orderBy: BY_NAME };
  test.each<[what: string, wanted: Wanted]>([
    ['belongs to another order', { ...given, orderBy: { ...BY_NAME, field: 'CREATED_AT' } }],
    ['belongs to the other direction', { ...given, orderBy: { ...BY_NAME, direction: 'DESC' } }],
    ['belongs to another filter', { ...given, filter: { name: 'prop' } }],
    ['belongs to no filter', { ...given, filter: null }],
    ['belongs to a search, and the list is asked', { first: 1, filter: null, orderBy: null }],
  ])('%s', async (_what, wanted) => {
    const { find, upstream } = await openShelf(CollectionShelf.of(3));
    const { endCursor } = await find(given);
    const calls = upstream.requests.length;
    expect(await find({ ...wanted, after: String(endCursor) })).toMatchObject({ codes: ['BAD_USER_INPUT'] });
    expect(upstream.requests).toHaveLength(calls);
  });

  test.each<[what: string, spoil: (cursor: string) => string]>([
    ['was altered', (cursor) => (cursor.startsWith('A') ? 'B' : 'A') + cursor.slice(1)],
    ['was cut short', (cursor) => cursor.slice(0, -4)],
    ['is empty', () => ''],
    ['is no text of ours', () => 'WyJhIiwiYiJd'],
  ])('%s', async (_what, spoil) => {
    const { find } = await openShelf(CollectionShelf.of(3));
    const { endCursor } = await find(given);
    expect(await find({ ...given, after: spoil(String(endCursor)) })).toMatchObject({
      codes: ['BAD_USER_INPUT'],
    });
  });

  test('is one of the list, and a search is made', async () => {
    const { find } = await openShelf(CollectionShelf.of(3));
    const { endCursor } = await find({ first: 1, filter: null, orderBy: null });
    expect(await find({ ...given, after: String(endCursor) })).toMatchObject({ codes: ['BAD_USER_INPUT'] });
  });
});

test('a cursor stands for what was asked, however it was written', async () => {
  const { find } = await openShelf(CollectionShelf.of(3));
  const { endCursor } = await find({ first: 1, filter: { name: ' PROPS ' }, orderBy: BY_NAME });
  const after = String(endCursor);
  expect((await find({ filter: { name: 'props', isEmpty: null }, orderBy: BY_NAME, after })).names).toEqual([
    'Props 1',
    'Props 2',
  ]);
});

test('a cursor of a filter without an order belongs to the same order spelled out as well', async () => {
  const { find } = await openShelf(CollectionShelf.of(3));
  const filter = { name: 'props' };
  const { endCursor } = await find({ first: 1, filter, orderBy: null });
  const orderBy = { field: 'CREATED_AT', direction: 'DESC' } as const;
  expect((await find({ filter, orderBy, after: String(endCursor) })).names).toEqual(['Props 1', 'Props 0']);
});

test.each([-1, 501])('first: %i is refused, as in the list', async (first) => {
  const { find, upstream } = await openShelf(CollectionShelf.of(3));
  expect((await find({ first, filter: {} })).codes).toContain('BAD_USER_INPUT');
  expect(upstream.requests).toEqual([]);
});

test('first: 0 is no reason to make a call', async () => {
  const { query, upstream } = await openShelf(CollectionShelf.of(3));
  const { text } = await query(
    '{ collections(first: 0, filter: {}) { nodes { id } pageInfo { hasNextPage } } }',
  );
  expect(text).toBe('{"data":{"collections":{"nodes":[],"pageInfo":{"hasNextPage":false}}}}');
  expect(upstream.requests).toEqual([]);
});
