import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { CollectionShelf } from '../../support/collection-shelf.ts';
import { eventually } from '../../support/eventually.ts';
import { hang, json } from '../../support/scripted-upstream.ts';
import { openShelf, writes } from './front-door.ts';

const BY_NAME = { orderBy: { field: 'NAME', direction: 'ASC' } } as const;
const BY_ITEMS = { orderBy: { field: 'ITEM_COUNT', direction: 'DESC' } } as const;

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
