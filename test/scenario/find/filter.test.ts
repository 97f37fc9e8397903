import { describe, expect, test } from 'vitest';
import { CollectionShelf } from '../../support/collection-shelf.ts';
import { openShelf } from './front-door.ts';

const NAMES = [
  'Forest Props',
  'forêt d’épinettes',
  'ŁÓDŹ street kit',
  'Straße',
  'ΟΔΟΣ',
  'ｆｕｌｌ width',
  'か',
];
const found = async (filter: object, names = NAMES) => {
  const { find } = await openShelf(new CollectionShelf(...names.map((name) => ({ name }))));
  return (await find({ filter })).names;
};

describe('a name is found', () => {
  test.each([
    ['forest', ['Forest Props']],
    ['PROPS forest', ['Forest Props']],
    ['  rest   rop ', ['Forest Props']],
    ['foret', ['forêt d’épinettes']],
    ['EPINETTES', ['forêt d’épinettes']],
    ['for', ['Forest Props', 'forêt d’épinettes']],
    ['lodz', ['ŁÓDŹ street kit']],
    ['łódź KIT', ['ŁÓDŹ street kit']],
    ['STRASSE', ['Straße']],
    ['straße', ['Straße']],
    ['οδος', ['ΟΔΟΣ']],
    ['full', ['ｆｕｌｌ width']],
    ['が', []],
    ['forest kit', []],
    ['', NAMES],
    [' \n', NAMES],
  ])('by %j', async (name, expected) => {
    expect(await found({ name })).toEqual(expected);
  });

  test('by no pattern but the text itself', async () => {
    expect(await found({ name: '100%' }, ['100% wool', '100 wool', '1000 %'])).toEqual(['100% wool']);
    expect(await found({ name: '.*' }, ['a', '.*'])).toEqual(['.*']);
  });
});

test.each([
  [true, ['empty']],
  [false, ['full']],
  [null, ['empty', 'full']],
])('isEmpty: %s looks at how many items there are', async (isEmpty, names) => {
  const { find } = await openShelf(
    new CollectionShelf({ name: 'empty' }, { name: 'full', itemCount: 1, modelCount: 1 }),
  );
  expect((await find({ filter: { isEmpty } })).names).toEqual(names);
});

const DATES = [
  '2024-05-01T00:00:00Z',
  '2024-05-01T00:00:00.001Z',
  '2024-05-01T12:00:00+02:00',
  '2024-05-02T00:00:00Z',
];

describe.each(['createdAt', 'updatedAt'])('%s', (field) => {
  test.each([
    [{ after: '2024-05-01T00:00:00Z' }, [1, 2, 3]],
    [{ after: '2024-05-01T02:00:00+02:00' }, [1, 2, 3]],
    [{ after: '2024-05-01T00:00:00.0005Z' }, [1, 2, 3]],
    [{ before: '2024-05-01T10:00:00Z' }, [0, 1]],
    [{ before: '2024-05-01T10:00:00.000001Z' }, [0, 1, 2]],
    [{ after: '2024-05-01T00:00:00Z', before: '2024-05-02T00:00:00Z' }, [1, 2]],
    [{ after: '2024-05-02T00:00:00Z', before: '2024-05-01T00:00:00Z' }, []],
    [{ after: null, before: null }, [0, 1, 2, 3]],
  ])('%j is without its ends', async (range, expected) => {
    const shelf = new CollectionShelf(
      ...DATES.map((date, index) => ({ name: String(index), [field]: date })),
    );
    const { find } = await openShelf(shelf);
    const { names } = await find({
      filter: { [field]: range },
      orderBy: { field: 'NAME', direction: 'ASC' },
    });
    expect(names).toEqual(expected.map(String));
  });
});

test('everything of a filter must hold, and the total is of what matches', async () => {
  const shelf = new CollectionShelf(
    { name: 'Forest', itemCount: 2 },
    { name: 'Forest' },
    { name: 'City' },
    { name: 'Forest old', createdAt: '2020-01-01T00:00:00Z' },
  );
  const { find } = await openShelf(shelf);
  const filter = { name: 'forest', isEmpty: true, createdAt: { after: '2021-01-01T00:00:00Z' } };
  expect(await find({ filter, first: 0 })).toMatchObject({ ids: [], totalCount: 1, hasNextPage: false });
  expect(await find({ filter })).toMatchObject({ ids: ['col_2'], totalCount: 1 });
});

describe('is refused without a call', () => {
  test.each([
    ['a name of more than 200 characters', { name: 'é'.repeat(201) }, 'at most 200 characters'],
    ['what is no date', { createdAt: { after: 'yesterday' } }, '"yesterday" is not an RFC 3339 date'],
    ['a day that does not exist', { updatedAt: { before: '2024-02-30T00:00:00Z' } }, 'not an RFC 3339 date'],
  ])('%s', async (_what, filter, message) => {
    const { query, upstream } = await openShelf(new CollectionShelf());
    const document = 'query ($filter: CollectionFilter) { collections(filter: $filter) { totalCount } }';
    const { body } = await query(document, { filter });
    expect(body.errors).toMatchObject([
      { message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    expect(upstream.requests).toEqual([]);
  });
});

test('a name of 200 characters is looked for, whatever they take', async () => {
  const name = '🙂'.repeat(200);
  expect(await found({ name }, [`${name}!`, '🙂'])).toEqual([`${name}!`]);
});
