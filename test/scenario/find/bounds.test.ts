import { expect, test } from 'vitest';
import { collectGarbage } from '../../support/collect-garbage.ts';
import { CollectionShelf } from '../../support/collection-shelf.ts';
import { openShelf } from './front-door.ts';

const MAX_HEAP_BYTES = 15_000_000;
// A query for nothing takes 0.3 ms on a machine of today, so that this stands for 2 ms on any.
const MAX_QUERIES = 6;

/** A shelf whose thumbnails have URLs of this length. */
function shelfOf(count: number, urlLength: number): CollectionShelf {
  const names = ['small forest kit', 'large city kit', 'émerald props'];
  return new CollectionShelf(
    ...Array.from({ length: count }, (_, index) => {
      const url = `https://cdn.example.com/${index}?Signature=`.padEnd(urlLength, 'x');
      return { name: `${names[index % 3]} ${index}`, thumbnail: { assetId: `asset_${index}`, url } };
    }),
  );
}

/** CPU time of this process for one of these, in the best of some rounds, in milliseconds. */
async function cpuMsOf(ask: () => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 10; round += 1) {
    const before = process.cpuUsage();
    for (let turn = 0; turn < 20; turn += 1) await ask();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 20 / 1_000);
  }
  return least;
}

test('5,000 collections in every order take less than 15 MB, and a search among them with its total as much CPU as a few queries for nothing', async () => {
  const { find, query, gateway } = await openShelf(shelfOf(5_000, 600));
  const heapUsed = (): number => {
    gateway.logLines.length = 0;
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const ask = () => query('{ viewer { name } }');
  await cpuMsOf(ask);
  const before = heapUsed();
  for (const field of ['NAME', 'CREATED_AT', 'UPDATED_AT', 'ITEM_COUNT'])
    expect((await find({ first: 1, orderBy: { field, direction: 'ASC' } })).totalCount).toBe(5_000);
  expect(heapUsed() - before).toBeLessThan(MAX_HEAP_BYTES);
  const search = () =>
    find({ first: 20, filter: { name: 'forest 99' }, orderBy: { field: 'NAME', direction: 'DESC' } });
  expect((await search()).totalCount).toBeGreaterThan(20);
  await cpuMsOf(search);
  expect(await cpuMsOf(search)).toBeLessThan(MAX_QUERIES * (await cpuMsOf(ask)));
});

test('a list that takes too much memory is refused whole, before all of it is read, and remembered to be', async () => {
  const { find, lists } = await openShelf(shelfOf(5_000, 9_000));
  const refused = await find();
  expect(refused).toMatchObject({ ids: [], codes: ['LIMIT_EXCEEDED'] });
  const pages = lists();
  expect(pages).toBeLessThan(50);
  expect((await find({ filter: { name: 'forest' } })).codes).toEqual(['LIMIT_EXCEEDED']);
  expect(lists()).toBe(pages);
});
