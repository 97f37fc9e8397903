import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { codesOf, oneCollection, openFrontDoor } from '../support/front-door.ts';
import { json } from '../support/scripted-upstream.ts';

const READ = '{ collection(id: "col_1") { name } }';
const NAME = { data: { collection: { name: 'Forest props' } } };
const SHORT = { headers: { 'x-deadline-ms': '500' } };
const LATER = { 'retry-after': '1' };

/** Answers after a moment, in which others can ask the same. */
async function soon<Value>(value: Value): Promise<Value> {
  await delay(200);
  return value;
}

test('a caller with time for a retry is not told of a failure that its leader had no time to retry', async () => {
  let calls = 0;
  const { query, upstream } = await openFrontDoor(() => {
    calls += 1;
    return soon(calls === 1 ? json({}, 503, LATER) : oneCollection());
  });
  const leading = query(READ, {}, SHORT);
  await eventually('the leader has asked', () => upstream.requests.length === 1);
  const following = query(READ);
  expect(codesOf(await leading)).toEqual(['UPSTREAM_UNAVAILABLE']);
  expect((await following).body).toEqual(NAME);
  expect(upstream.requests).toHaveLength(2);
});

test('a caller with time to queue is not told that its leader had none', async () => {
  const { query, upstream } = await openFrontDoor(
    async ({ path }) => {
      if (path.endsWith('slow')) await delay(1_000);
      return oneCollection();
    },
    { UPSTREAM_CONNECTIONS: '1' },
  );
  const slow = query('{ collection(id: "slow") { name } }');
  await eventually('the only slot is taken', () => upstream.requests.length === 1);
  const leading = query(READ, {}, SHORT);
  await delay(100);
  const following = query(READ);
  expect(codesOf(await leading)).toEqual(['OVERLOADED']);
  expect((await following).body).toEqual(NAME);
  await slow;
  expect(upstream.requests).toHaveLength(2);
});

test('fifty callers with the same time are told of one failure by one call', async () => {
  const { query, upstream } = await openFrontDoor(() => soon(json({}, 503, { 'retry-after': '30' })));
  const answers = await Promise.all(Array.from({ length: 50 }, () => query(READ)));
  expect(answers.map((answer) => codesOf(answer))).toEqual(answers.map(() => ['UPSTREAM_UNAVAILABLE']));
  expect(upstream.requests).toHaveLength(1);
});
