import { expect } from 'vitest';
import { createRandom, pick, type Random } from '../../faults/random.ts';
import { findThrough } from '../../scenario/find/front-door.ts';
import { CollectionShelf } from '../../support/collection-shelf.ts';
import { eventually } from '../../support/eventually.ts';
import type { TestGateway } from '../../support/gateway.ts';
import { redisTest as test } from '../../support/redis-test.ts';
import { isDegraded } from '../shared-by-all.ts';
import { openFleet, type ShelfFleet, write } from './shelf-fleet.ts';

const SEED = Number(process.env['FIND_SEED'] ?? 1);
const WRITES = Number(process.env['FIND_WRITES'] ?? 300);
const WRITERS = 6;
const SEARCH_EVERY = 10;
const PATIENCE_MS = 20_000;
const ALL = { first: 500, orderBy: { field: 'NAME', direction: 'ASC' } } as const;

/** What happens to Redis, by the share of writes that were begun. Writes go on meanwhile, but for a wait. */
const EVENTS: readonly (readonly [share: number, event: 'kill' | 'restart' | 'wait'])[] = [
  [0.2, 'kill'],
  [0.35, 'restart'],
  [0.5, 'wait'],
  [0.65, 'kill'],
  [0.75, 'restart'],
  [0.85, 'wait'],
];

/** One write of any kind, to any collection, through any replica. */
function writeAnything(
  random: Random,
  shelf: CollectionShelf,
  replica: TestGateway,
  turn: number,
): Promise<unknown> {
  const { id } = pick(random, shelf.collections);
  const kind = random() * 10;
  // As many are made as are deleted.
  if (kind < 2) return write.create(replica, `New ${turn}`);
  if (kind < 4) return write.remove(replica, id);
  if (kind < 8) return write.rename(replica, id, `Name ${Math.floor(random() * 1e6)}`);
  return write.add(replica, id, [`asset_${turn}`]);
}

async function untilBack({ replicas }: ShelfFleet): Promise<void> {
  const areBack = async () => !(await Promise.all(replicas.map(isDegraded))).includes(true);
  await eventually('every replica has Redis again', areBack, PATIENCE_MS);
}

async function writeAtRandom(seed: number, shelf: CollectionShelf, fleet: ShelfFleet): Promise<void> {
  const { replicas, redis } = fleet;
  const events = new Map(EVENTS.map(([share, event]) => [Math.floor(share * WRITES), event]));
  const happen = { kill: redis.kill, restart: redis.restart, wait: () => untilBack(fleet) };
  let turns = 0;
  let wait = Promise.resolve();
  const work = async (random: Random): Promise<void> => {
    for (let turn = ++turns; turn <= WRITES; turn = ++turns) {
      const event = events.get(turn);
      const happening = event && happen[event]();
      if (event === 'wait') wait = happening ?? wait;
      await Promise.all([wait, happening]);
      if (turn % SEARCH_EVERY === 0) await findThrough(pick(random, replicas), ALL);
      await writeAnything(random, shelf, pick(random, replicas), turn);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => work(createRandom(seed, writer))));
}

test(`after ${WRITES} random writes through three replicas, with Redis killed twice, each index is what a fresh walk gives (seed ${SEED})`, {
  timeout: 180_000,
}, async () => {
  const shelf = CollectionShelf.of(330);
  const fleet = await openFleet(shelf, 3);
  await fleet.findAll(ALL);
  await writeAtRandom(SEED, shelf, fleet);
  const stranger = await fleet.join({ REDIS_URL: '' });
  const fresh = await findThrough(stranger, ALL);
  expect(fresh.totalCount).toBe(shelf.collections.length);
  // A replica that was away tells its writes when it is back.
  const areEqual = async (): Promise<boolean> =>
    (await fleet.findAll(ALL)).every((found) => JSON.stringify(found) === JSON.stringify(fresh));
  await eventually('every index is as a fresh walk', areEqual, PATIENCE_MS).catch(() => {});
  for (const found of await fleet.findAll(ALL)) expect(found).toEqual(fresh);
});
