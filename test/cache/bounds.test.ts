import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { everyCollection, oneCollection, openFrontDoor } from '../support/front-door.ts';

setFlagsFromString('--expose-gc');
const gc: unknown = runInNewContext('gc');

function heapBytes(): number {
  if (typeof gc !== 'function') throw new Error('The garbage collector cannot be called.');
  gc();
  return process.memoryUsage().heapUsed;
}

const READS = 1_200;
const NAME = 'n'.repeat(900_000);
const AT_ONCE = 8;
// What is kept, and as much again for what is under way.
const MAX_GROWTH_BYTES = 128 * 1_048_576;

test('1,200 kept reads of names with 900 KB stay within the budget', { timeout: 120_000 }, async () => {
  const { query, upstream } = await openFrontDoor(
    ({ path }) => oneCollection({ id: path.split('/')[3], name: NAME }),
    { CACHE_TTL_MS: '600000', STALE_IF_ERROR_MS: '600000' },
  );
  const before = heapBytes();
  for (let index = 0; index < READS; index += AT_ONCE)
    await Promise.all(
      Array.from({ length: AT_ONCE }, (_, offset) =>
        query(`{ collection(id: "c${index + offset}") { id } }`),
      ),
    );
  upstream.requests.length = 0;
  expect(heapBytes() - before).toBeLessThan(MAX_GROWTH_BYTES);
  // The last of them is kept all the same.
  await query(`{ again: collection(id: "c${READS - 1}") { id } }`);
  expect(upstream.requests).toEqual([]);
});

test('answers to ever other documents stay within the budget, their texts included', {
  timeout: 120_000,
}, async () => {
  const { query } = await openFrontDoor(everyCollection, {
    CACHE_TTL_MS: '600000',
    MAX_QUERY_BYTES: '1000000',
    MAX_BODY_BYTES: '1000000',
  });
  const before = heapBytes();
  for (let index = 0; index < 400; index += 1)
    await query(`{ collection(id: "c${index}") { id } } #${String(index).repeat(200_000)}`);
  expect(heapBytes() - before).toBeLessThan(MAX_GROWTH_BYTES);
});
