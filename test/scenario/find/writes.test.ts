import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { CollectionShelf } from '../../support/collection-shelf.ts';
import { eventually } from '../../support/eventually.ts';
import { hang, json } from '../../support/scripted-upstream.ts';
import { openShelf, type ShelfDoor } from './front-door.ts';

const BY_NAME = { orderBy: { field: 'NAME', direction: 'ASC' } } as const;
const BY_ITEMS = { orderBy: { field: 'ITEM_COUNT', direction: 'DESC' } } as const;

const writes = ({ query }: Pick<ShelfDoor, 'query'>) => ({
  create: (name: string) => query(`mutation { createCollection(input: { name: "${name}" }) { __typename } }`),
  rename: (id: string, name: string) =>
    query(`mutation { updateCollection(input: { id: "${id}", name: "${name}" }) { __typename } }`),
  remove: (id: string) => query(`mutation { deleteCollection(input: { id: "${id}" }) { __typename } }`),
  add: (id: string, count: number) =>
    query(
      'mutation ($id: ID!, $assetIds: [ID!]!) { addAssetsToCollection(input: { id: $id, assetIds: $assetIds }) { __typename } }',
      {
        id,
        assetIds: Array.from({ length: count }, (_, index) => `asset_${index}`),
      },
    ),
});

const openThree = async () => {
  const door = await openShelf(new CollectionShelf({ name: 'a' }, { name: 'c' }, { name: 'e' }));
  await door.find(BY_NAME);
  return { ...door, ...writes(door) };
};

describe('shows at once, without another walk:', () => {
  test('a create', async () => {
    const { find, create, lists } = await openThree();
    await create('B');
    expect(await find(BY_NAME)).toMatchObject({ names: ['a', 'B', 'c', 'e'], totalCount: 4 });
    expect((await find({ filter: { name: 'b' } })).names).toEqual(['B']);
    expect(lists()).toBe(1);
  });

  test('a rename', async () => {
    const { find, rename, lists } = await openThree();
    await rename('col_1', 'd');
    expect((await find(BY_NAME)).names).toEqual(['c', 'd', 'e']);
    expect((await find({ filter: { name: 'a' } })).names).toEqual([]);
    expect((await find({ orderBy: { field: 'UPDATED_AT', direction: 'DESC' } })).names[0]).toBe('d');
    expect(lists()).toBe(1);
  });

  test('a delete', async () => {
    const { find, remove, lists, query } = await openThree();
    await remove('col_2');
    expect(await find(BY_NAME)).toMatchObject({ names: ['a', 'e'], totalCount: 2 });
    expect((await query('{ collections(first: 1) { totalCount } }')).text).toContain('"totalCount":2');
    expect(lists()).toBe(2);
  });

  test('an edit of members, in several chunks', async () => {
    const { find, add, lists } = await openThree();
    await find(BY_ITEMS);
    await add('col_3', 120);
    expect((await find(BY_ITEMS)).names[0]).toBe('e');
    expect((await find({ filter: { isEmpty: true } })).names).toEqual(['a', 'c']);
    expect(lists()).toBe(1);
  });
});

test('a late answer does not bring back what was deleted, nor an older name', async () => {
  const held = Promise.withResolvers<void>();
  const door = await openShelf(
    new CollectionShelf({ name: 'a' }, { name: 'b' }),
    {},
    (honest) => async (request) => {
      const reply = await honest(request);
      if (request.body.includes('late')) await held.promise;
      return reply;
    },
  );
  const { rename, remove } = writes(door);
  await door.find(BY_NAME);
  const late = [rename('col_1', 'late'), rename('col_2', 'late too')];
  await eventually('both were sent', () => door.upstream.requests.length === 3);
  await remove('col_1');
  await rename('col_2', 'z');
  held.resolve();
  await Promise.all(late);
  expect((await door.find(BY_NAME)).names).toEqual(['z']);
});

/** Lets writes happen between the second and the third page. */
const walkAround = async (write: (door: ShelfDoor) => Promise<unknown>) => {
  let isHeld = true;
  const held = Promise.withResolvers<void>();
  const door = await openShelf(CollectionShelf.of(350), {}, (honest) => async (request) => {
    const isThird = request.query.get('paginationToken') === btoa('?>200:100');
    if (isThird && isHeld) await held.promise;
    isHeld &&= !isThird;
    return honest(request);
  });
  const found = door.find({ first: 500 });
  await eventually('the third page is asked for', () => door.lists() === 3);
  await write(door);
  held.resolve();
  return { door, found: await found };
};

describe('while the list is walked', () => {
  test('a write that ends is applied over it', async () => {
    const { door, found } = await walkAround(async (opened) => {
      const { create, rename } = writes(opened);
      await create('new');
      await rename('col_5', 'renamed');
    });
    expect(found.names).toHaveLength(351);
    expect(found.names.slice(4, 5)).toEqual(['renamed']);
    expect(found.names.at(-1)).toBe('new');
    expect((await door.find({ first: 500 })).names).toEqual(found.names);
  });

  test('a delete moves rows past the place that it has reached: they are not missed', async () => {
    const { door, found } = await walkAround(async (opened) => {
      const { remove } = writes(opened);
      for (const id of ['col_1', 'col_150', 'col_350']) await remove(id);
    });
    const expected = door.shelf.collections.map(({ id }) => id);
    expect(found.ids).toEqual(expected);
    expect((await door.find({ first: 500 })).ids).toEqual(expected);
  });

  test('a write that began before its end and ends behind it leads to another walk', async () => {
    const held = Promise.withResolvers<void>();
    const door = await openShelf(CollectionShelf.of(150), {}, (honest) => async (request) => {
      const reply = await honest(request);
      if (request.method === 'DELETE') await held.promise;
      return reply;
    });
    const { remove } = writes(door);
    const removing = remove('col_1');
    await eventually('it was sent', () => door.upstream.requests.length === 1);
    await door.find();
    held.resolve();
    await removing;
    const lists = door.lists();
    expect((await door.find({ first: 200 })).totalCount).toBe(149);
    expect(door.lists()).toBeGreaterThan(lists);
  });

  test('such a write leads to none when the walk has brought all that was known before', async () => {
    const held = Promise.withResolvers<void>();
    const env = { UPSTREAM_TIMEOUT_MS: '20000', DEADLINE_MS: '25000' };
    const door = await openShelf(CollectionShelf.of(150), env, (honest) => async (request) => {
      const reply = await honest(request);
      if (request.method === 'DELETE') await held.promise;
      return request.method === 'POST' ? json({}, 500) : reply;
    });
    const { create, remove } = writes(door);
    await door.find();
    await create('of unknown outcome, so that the list is walked again');
    const removing = remove('col_1');
    await eventually('it was sent', () => door.upstream.requests.at(-1)?.method === 'DELETE');
    await door.find();
    held.resolve();
    await removing;
    expect((await door.find({ first: 200 })).totalCount).toBe(150);
    expect(door.lists()).toBe(2 + 2);
  });
});

/** Carries out every write and loses the first answer to each. */
const openLossy = async () => {
  const seen = new Set<string>();
  const door = await openShelf(CollectionShelf.of(3), {}, (honest) => async (request) => {
    const reply = await honest(request);
    const isFirst = !seen.has(request.method + request.target);
    seen.add(request.method + request.target);
    return request.method !== 'GET' && isFirst ? json({}, 500) : reply;
  });
  await door.find();
  return { ...door, ...writes(door) };
};

describe('a write whose answer was lost', () => {
  test('shows without another walk when a repeat or a read has settled it', async () => {
    const { find, rename, remove, lists } = await openLossy();
    await rename('col_1', 'renamed');
    await remove('col_2');
    expect((await find()).names).toEqual(['renamed', 'Props 2']);
    expect(lists()).toBe(1);
  });

  test('shows as a fresh read has it', async () => {
    const door = await openShelf(CollectionShelf.of(3), {}, (honest) => async (request) => {
      const reply = await honest(request);
      return request.method === 'PUT' ? json({}, 500) : reply;
    });
    await door.find();
    expect((await writes(door).rename('col_1', 'renamed')).text).toContain('UpdateCollectionPayload');
    expect((await door.find()).names[0]).toBe('renamed');
    expect(door.lists()).toBe(1);
  });
});

describe('a write of unknown outcome', () => {
  const ENV = { UPSTREAM_TIMEOUT_MS: '1500' };

  test('drops the index, and what is walked until it can have arrived is not kept longer', async () => {
    let isLost = false;
    const door = await openShelf(
      CollectionShelf.of(2),
      ENV,
      (honest) => (request) => (request.method === 'POST' && isLost ? hang : honest(request)),
    );
    await door.find();
    isLost = true;
    expect((await writes(door).create('late')).text).toContain('WRITE_OUTCOME_UNKNOWN');
    expect((await door.find()).totalCount).toBe(2);
    expect(door.lists()).toBe(2);
    await door.find();
    expect(door.lists()).toBe(2);
    door.shelf.put({ name: 'late' });
    await delay(1_700);
    expect((await door.find()).totalCount).toBe(3);
    await door.find();
    expect(door.lists()).toBe(3);
  });

  test('that was made in truth shows at once', async () => {
    const door = await openShelf(CollectionShelf.of(2), ENV, (honest) => async (request) => {
      const reply = await honest(request);
      return request.method === 'GET' ? reply : json({}, 500);
    });
    const { create, rename } = writes(door);
    await door.find();
    await create('made');
    await rename('col_1', 'renamed');
    expect((await door.find()).names).toEqual(['renamed', 'Props 1', 'made']);
  });
});

test('a write with an earlier try that may still arrive shows, and the index is kept no longer than until then', async () => {
  let tries = 0;
  const env = { UPSTREAM_TIMEOUT_MS: '1500' };
  const door = await openShelf(CollectionShelf.of(2), env, (honest) => async (request) => {
    if (request.method === 'PUT') tries += 1;
    return request.method === 'PUT' && tries === 1 ? json({}, 502) : honest(request);
  });
  await door.find();
  await writes(door).rename('col_1', 'renamed');
  expect((await door.find()).names[0]).toBe('renamed');
  expect([tries, door.lists()]).toEqual([2, 1]);
  await delay(1_700);
  await door.find();
  expect(door.lists()).toBe(2);
});

test('a write that changed nothing costs nothing', async () => {
  const door = await openShelf(
    CollectionShelf.of(2),
    {},
    (honest) => (request) => (request.method === 'GET' ? honest(request) : json({ reason: 'No.' }, 400)),
  );
  await door.find();
  await writes(door).rename('col_1', 'x');
  expect((await door.find()).names).toEqual(['Props 0', 'Props 1']);
  expect(door.lists()).toBe(1);
});
