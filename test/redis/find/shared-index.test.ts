import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { findThrough } from '../../scenario/find/front-door.ts';
import { CollectionShelf } from '../../support/collection-shelf.ts';
import { eventually } from '../../support/eventually.ts';
import { redisTest as test } from '../../support/redis-test.ts';
import { json } from '../../support/scripted-upstream.ts';
import { openClient } from '../replica-pair.ts';
import { openFleet, type ShelfFleet, write } from './shelf-fleet.ts';

const BY_NAME = { orderBy: { field: 'NAME', direction: 'ASC' }, first: 500 } as const;

const at = ({ replicas }: ShelfFleet, place: number) => {
  const replica = replicas[place];
  if (!replica) throw new Error(`there is no replica ${place}`);
  return replica;
};

test('one replica’s walk serves all: twelve searches through three replicas make 8 calls', async () => {
  const { replicas, lists, findAll } = await openFleet(CollectionShelf.of(730));
  const searches = Array.from({ length: 4 }, () => replicas.map((replica) => findThrough(replica))).flat();
  for (const { totalCount } of await Promise.all(searches)) expect(totalCount).toBe(730);
  await findAll(BY_NAME);
  expect(lists()).toBe(8);
});

test('a replica that starts late takes over what was walked, and what was written since', async () => {
  const fleet = await openFleet(CollectionShelf.of(250), 1);
  const first = at(fleet, 0);
  await findThrough(first);
  await eventually(
    'the walk is stored',
    async () => (await openClient(fleet.redis).keys('scg:index:*:walk:*')).length > 0,
  );
  await write.create(first, 'new');
  await write.rename(first, 'col_7', 'renamed');
  await write.remove(first, 'col_8');
  const late = await fleet.join();
  expect(await findThrough(late, BY_NAME)).toEqual(await findThrough(first, BY_NAME));
  expect((await findThrough(late, { filter: { name: 'renamed' } })).names).toEqual(['renamed']);
  expect(fleet.lists()).toBe(3);
});

test.each(['0', '60000'])(
  'with CACHE_TTL_MS=%s every write through any of three replicas shows through all of them at once, without another walk',
  async (CACHE_TTL_MS) => {
    const shelf = CollectionShelf.of(20);
    const fleet = await openFleet(shelf, 3, { CACHE_TTL_MS });
    await fleet.findAll();
    const lists = fleet.lists();
    const steps = [
      () => write.create(at(fleet, 0), 'Created'),
      () => write.rename(at(fleet, 1), 'col_3', 'Renamed'),
      () => write.remove(at(fleet, 2), 'col_4'),
      () => write.add(at(fleet, 0), 'col_5', ['asset_1', 'asset_2']),
      () => write.rename(at(fleet, 2), 'col_3', 'Renamed again'),
    ];
    for (const step of steps) {
      await step();
      const expected = shelf.collections.map(({ name }) => name).toSorted();
      for (const found of await fleet.findAll(BY_NAME)) {
        expect(found.names.map(String).toSorted()).toEqual(expected);
        expect(found.totalCount).toBe(expected.length);
      }
    }
    for (const { names } of await fleet.findAll({
      orderBy: { field: 'ITEM_COUNT', direction: 'DESC' },
      first: 1,
    }))
      expect(names).toEqual(['Props 4']);
    expect(fleet.lists()).toBe(lists);
  },
);

test('a write of unknown outcome drops the index of every replica', async () => {
  let isLost = false;
  const fleet = await openFleet(CollectionShelf.of(3), 2, {}, (honest) => async (request) => {
    const reply = await honest(request);
    return request.method === 'POST' && isLost ? json({}, 500) : reply;
  });
  await fleet.findAll();
  isLost = true;
  await write.create(at(fleet, 0), 'made in truth');
  for (const { names } of await fleet.findAll(BY_NAME)) expect(names[0]).toBe('made in truth');
});

test('a list that is too large is known to be by all', async () => {
  const fleet = await openFleet(CollectionShelf.of(201), 2, { MAX_INDEXED_COLLECTIONS: '200' });
  for (const { codes } of await fleet.findAll()) expect(codes).toContain('LIMIT_EXCEEDED');
  expect(fleet.lists()).toBe(3);
});

describe('when Redis is gone', () => {
  const patience = 8_000;

  test('each replica goes on with what it has, and is told of the writes of the others when Redis is back', async () => {
    const shelf = CollectionShelf.of(20);
    const fleet = await openFleet(shelf, 3);
    await fleet.findAll();
    await fleet.redis.kill();
    await write.create(at(fleet, 0), 'while away');
    expect((await findThrough(at(fleet, 0), BY_NAME)).names[20]).toBe('while away');
    await fleet.redis.restart();
    await delay(2_000);
    await eventually(
      'all have it',
      async () => (await fleet.findAll(BY_NAME)).every(({ names }) => names.includes('while away')),
      patience,
    );
  });

  test('replicas that never had it walk each for itself', async () => {
    const fleet = await openFleet(CollectionShelf.of(150), 2);
    await fleet.redis.kill();
    for (const { totalCount } of await fleet.findAll()) expect(totalCount).toBe(150);
    expect(fleet.lists()).toBe(4);
  });
});

test('a Redis that falls back to an older copy is told again what it has lost', async () => {
  const fleet = await openFleet(CollectionShelf.of(20), 2);
  const client = openClient(fleet.redis);
  await fleet.findAll();
  const [log = ''] = await client.keys('scg:index:*:log');
  await write.create(at(fleet, 0), 'kept');
  await fleet.findAll();
  const lists = fleet.lists();
  const copy = await client.dumpBuffer(log);
  await write.create(at(fleet, 0), 'lost');
  await client.restore(log, 0, copy, 'REPLACE');
  await client.call('CLIENT', 'KILL', 'TYPE', 'normal');
  const found = () => findThrough(at(fleet, 1), { first: 500 });
  await eventually('the other replica has it', async () => (await found()).names.includes('lost'), 8_000);
  expect((await found()).names).toContain('kept');
  // The one that has noticed the loss walks again, and nobody else.
  expect(fleet.lists()).toBe(lists);
});

test('what stands in Redis and cannot be understood is not used', async () => {
  const fleet = await openFleet(CollectionShelf.of(20), 1);
  const client = openClient(fleet.redis);
  await fleet.findAll();
  const keysOf = (kind: string) => client.keys(`scg:index:*:${kind}:*`);
  await eventually('the walk is stored', async () => (await keysOf('walk')).length > 0);
  const [rows = ''] = await keysOf('rows');
  await client.lset(rows, 0, '[{"id":"col_1"}]');
  const late = await fleet.join();
  expect((await findThrough(late)).totalCount).toBe(20);
  const [log = ''] = await client.keys('scg:index:*:log');
  await client.xadd(log, '*', 'text', '{"shape":"other"}');
  for (const { totalCount } of await fleet.findAll()) expect(totalCount).toBe(20);
});
