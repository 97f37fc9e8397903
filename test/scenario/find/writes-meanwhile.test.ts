import { describe, expect, test } from 'vitest';
import { CollectionShelf } from '../../support/collection-shelf.ts';
import { eventually } from '../../support/eventually.ts';
import { json } from '../../support/scripted-upstream.ts';
import { openShelf, type ShelfDoor, writes } from './front-door.ts';

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
