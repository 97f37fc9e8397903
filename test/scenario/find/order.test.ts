import { describe, expect, test } from 'vitest';
import { CollectionShelf } from '../../support/collection-shelf.ts';
import { openShelf } from './front-door.ts';

const reversed = <Item>(items: readonly Item[]): Item[] => items.toReversed();

test('NAME sorts as people do: numbers by their value, accents and case last', async () => {
  const sorted = [
    '-1',
    '2 trees',
    '10 trees',
    'apple',
    'Apple',
    'äpple',
    'apples',
    'item 9',
    'Item 10',
    'zebra',
    'Zebra',
  ];
  const { find } = await openShelf(new CollectionShelf(...reversed(sorted).map((name) => ({ name }))));
  expect((await find({ orderBy: { field: 'NAME', direction: 'ASC' } })).names).toEqual(sorted);
  expect((await find({ orderBy: { field: 'NAME', direction: 'DESC' } })).names).toEqual(reversed(sorted));
});

describe.each([
  [
    'CREATED_AT',
    [
      { createdAt: '2024-01-01T02:00:00+02:00' },
      { createdAt: '2024-01-01T00:00:00.5Z' },
      { createdAt: '2024-01-01T00:00:01Z' },
    ],
  ],
  [
    'UPDATED_AT',
    [
      { updatedAt: '2023-12-31T23:59:59Z' },
      { updatedAt: '2024-01-01T00:00:00Z' },
      { updatedAt: '2024-01-01T00:00:00.0001Z' },
    ],
  ],
  ['ITEM_COUNT', [{ itemCount: 2 }, { itemCount: 10 }, { itemCount: 100 }]],
])('%s', (field, fields) => {
  test('sorts in both directions', async () => {
    const named = fields.map((each, index) => ({ name: String(index), ...each }));
    const { find } = await openShelf(new CollectionShelf(...reversed(named)));
    expect((await find({ orderBy: { field, direction: 'ASC' } })).names).toEqual(['0', '1', '2']);
    expect((await find({ orderBy: { field, direction: 'DESC' } })).names).toEqual(['2', '1', '0']);
  });

  test('breaks ties by id, so that no two are equal', async () => {
    const ids = ['b', 'a', 'c', 'B'];
    const { find } = await openShelf(
      new CollectionShelf(...ids.map((id) => Object.assign({ name: 'same', id }, fields[0]))),
    );
    expect((await find({ orderBy: { field, direction: 'ASC' } })).ids).toEqual(['B', 'a', 'b', 'c']);
    expect((await find({ orderBy: { field, direction: 'DESC' } })).ids).toEqual(['c', 'b', 'a', 'B']);
  });
});

test('a filter without an order gives the newest first', async () => {
  const { find } = await openShelf(CollectionShelf.of(3));
  expect((await find({ filter: {}, orderBy: null })).ids).toEqual(['col_3', 'col_2', 'col_1']);
});

test('without a filter and an order the list is the upstream’s, page by page', async () => {
  const { find, wire } = await openShelf(CollectionShelf.of(30));
  expect((await find({ first: 2, filter: null, orderBy: null })).ids).toEqual(['col_1', 'col_2']);
  expect(wire()[0]).toBe('GET /v1/collections?pageSize=2');
});
