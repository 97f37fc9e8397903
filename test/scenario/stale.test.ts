import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import {
  codesOf,
  everyCollection,
  type FrontDoor,
  oneCollection,
  openFrontDoor,
} from '../support/front-door.ts';
import type { GraphQLAnswer } from '../support/gateway.ts';
import { type Answer, hang, json, type Reply, reset, text } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';

const ON = { STALE_IF_ERROR_MS: '60000' };
const READ = '{ collection(id: "col_1") { name } }';
const OTHER = '{ collection(id: "col_2") { name } }';
const LIST = '{ collections(first: 5) { nodes { name } pageInfo { endCursor } } }';
const RENAME =
  'mutation { updateCollection(input: { id: "col_1", name: "new" }) { __typename ... on Error { code } } }';
const DELETE = 'mutation { deleteCollection(input: { id: "col_1" }) { __typename ... on Error { code } } }';
const CREATE = 'mutation { createCollection(input: { name: "x" }) { __typename } }';

const good: Answer = (request) => {
  const { method, path } = request;
  if (method === 'DELETE') return json({});
  return path === '/v1/collections' && method === 'GET'
    ? json({ collections: [wireCollection()] })
    : everyCollection(request);
};
const always =
  (reply: Reply): Answer =>
  () =>
    reply;

/** What `extensions.stale` says; `undefined` where there is none. */
function ageOf({ body }: GraphQLAnswer): unknown {
  const extensions: unknown = Reflect.get(body, 'extensions');
  return typeof extensions === 'object' && extensions !== null ? Reflect.get(extensions, 'stale') : undefined;
}

const stale = { ageMs: expect.any(Number) };

/** Reads everything once, while the upstream is well. */
async function openFilled(env: Record<string, string>, ...documents: readonly string[]): Promise<FrontDoor> {
  const door = await openFrontDoor(good, env);
  for (const document of documents) await door.query(document);
  return door;
}

const OUTAGES: [form: string, begin: (door: FrontDoor) => unknown][] = [
  ['refuses connections', ({ upstream }) => upstream.close()],
  ['resets connections', ({ upstream }) => (upstream.answer = always(reset))],
  ['does not answer an attempt in time', ({ upstream }) => (upstream.answer = always(hang))],
  ['answers 500', ({ upstream }) => (upstream.answer = always(json({}, 500)))],
  ['answers 502', ({ upstream }) => (upstream.answer = always(text('<h1>Bad gateway</h1>', 502)))],
  ['answers 503', ({ upstream }) => (upstream.answer = always(json({}, 503)))],
  ['answers what is no JSON', ({ upstream }) => (upstream.answer = always(text('<h1>Maintenance</h1>')))],
];

describe.each(['true', 'false'])('with FAST_PATH=%s, an upstream that', (lane) => {
  test.each(OUTAGES)('%s is stood in for by what was read before', async (_form, begin) => {
    const env = { ...ON, FAST_PATH: lane, UPSTREAM_TIMEOUT_MS: '200' };
    const door = await openFilled(env, READ, LIST);
    const before = { read: await door.query(READ), list: await door.query(LIST) };
    expect(ageOf(before.read)).toBeUndefined();
    await begin(door);
    const after = { read: await door.query(READ), list: await door.query(LIST) };
    for (const form of ['read', 'list'] as const) {
      expect(after[form].status).toBe(200);
      expect(after[form].body).toEqual({ ...before[form].body, extensions: { stale } });
    }
  });

  test('has not answered by the deadline is stood in for by then', async () => {
    const { upstream, query } = await openFilled({ ...ON, FAST_PATH: lane }, READ);
    upstream.answer = always(hang);
    const answer = await query(READ, {}, { headers: { 'x-deadline-ms': '300' } });
    expect(answer.body).toMatchObject({ data: { collection: {} }, extensions: { stale } });
  });

  test('is not called any more is stood in for too', async () => {
    const { upstream, query } = await openFilled({ ...ON, FAST_PATH: lane }, READ);
    upstream.answer = always(json({}, 500));
    for (let turn = 0; turn < 12; turn += 1) await query(READ);
    const calls = upstream.requests.length;
    expect(ageOf(await query(READ))).toEqual(stale);
    expect(upstream.requests).toHaveLength(calls);
  });
});

test('both lanes write it alike, beside the cost', async () => {
  const answers = [];
  for (const lane of ['true', 'false']) {
    const { upstream, query } = await openFilled({ ...ON, FAST_PATH: lane }, READ, OTHER);
    await upstream.close();
    const document = '{ a: collection(id: "col_1") { name } b: collection(id: "col_2") { name } }';
    const { text: body } = await query(document, {}, { headers: { 'x-show-cost': '1' } });
    answers.push(
      body.replace(/"ageMs":\d+/, '"ageMs":0').replace(/"(upstreamCalls|retries)":\d+/g, '"$1":0'),
    );
  }
  expect(answers[0]).toBe(answers[1]);
  expect(answers[0]).toContain(
    '"extensions":{"cost":{"upstreamCalls":0,"retries":0,"shared":0,"cached":0,"planned":2},"stale":{"ageMs":0}}',
  );
});

test('the mark tells the age of the oldest copy in the answer', async () => {
  const { upstream, query } = await openFilled(ON, READ);
  await delay(400);
  await query(OTHER);
  await upstream.close();
  const answer = await query(
    `{ ${OTHER.slice(1, -1).replace('collection', 'b: collection')} ${READ.slice(1, -1)} }`,
  );
  const age = ageOf(answer);
  const ageMs = Number(typeof age === 'object' && age !== null ? Reflect.get(age, 'ageMs') : Number.NaN);
  expect(ageMs).toBeGreaterThanOrEqual(400);
  expect(ageMs).toBeLessThan(2_000);
});

test('what is older than the limit is not given', async () => {
  const { upstream, query } = await openFilled({ STALE_IF_ERROR_MS: '900' }, READ);
  upstream.answer = always(text('no JSON'));
  expect(ageOf(await query(READ))).toEqual(stale);
  await delay(1_000);
  const answer = await query(READ);
  expect([codesOf(answer), ageOf(answer)]).toEqual([['UPSTREAM_BAD_RESPONSE'], undefined]);
});

test('nothing is given unless it is turned on', async () => {
  const { upstream, query } = await openFilled({ CACHE_TTL_MS: '100' }, READ);
  await delay(200);
  await upstream.close();
  const answer = await query(READ);
  expect([codesOf(answer), ageOf(answer)]).toEqual([['UPSTREAM_UNAVAILABLE'], undefined]);
});

test('what was not read before fails as ever, beside what was', async () => {
  const { upstream, query } = await openFilled(ON, READ);
  upstream.answer = always(json({}, 503));
  const answer = await query('{ a: collection(id: "col_1") { name } b: collection(id: "col_9") { name } }');
  expect(answer.body.data).toEqual({ a: { name: 'Forest props' }, b: null });
  expect([codesOf(answer), ageOf(answer)]).toEqual([['UPSTREAM_UNAVAILABLE'], stale]);
});

describe('no old copy stands in for an upstream that is there and', () => {
  test.each<[what: string, reply: Reply, expected: unknown]>([
    ['knows of no such collection', json({}, 404), []],
    ['refuses the credentials', json({}, 401), ['UPSTREAM_REJECTED']],
    ["has reached the plan's ceiling", json({ code: 'QUOTA_EXCEEDED' }, 429), ['QUOTA_EXCEEDED']],
    ['answers in another form', json({ collection: {} }), ['UPSTREAM_BAD_RESPONSE']],
  ])('%s', async (_what, reply, expected) => {
    const { upstream, query } = await openFilled(ON, READ);
    upstream.answer = always(reply);
    for (const turn of [1, 2]) {
      const answer = await query(READ);
      expect([turn, codesOf(answer), ageOf(answer), answer.body.data]).toEqual([
        turn,
        expected,
        undefined,
        { collection: null },
      ]);
    }
  });
});

describe('what was read before is given while', () => {
  test('the upstream throttles the gateway, and while all calls are held back for it', async () => {
    const { upstream, query } = await openFilled(ON, READ);
    upstream.answer = always(json({}, 429, { 'retry-after': '30' }));
    for (const requests of [2, 2]) {
      expect(ageOf(await query(READ))).toEqual(stale);
      expect(upstream.requests).toHaveLength(requests);
    }
  });

  test('the quota is used up', async () => {
    const { upstream, query } = await openFilled({ ...ON, UPSTREAM_RATE_PER_MINUTE: '1' }, READ);
    expect(ageOf(await query(READ))).toEqual(stale);
    expect(codesOf(await query(OTHER))).toEqual(['RATE_LIMITED']);
    expect(upstream.requests).toHaveLength(1);
  });
});

test('a collection that was found to be gone does not come back', async () => {
  const { upstream, query } = await openFilled(ON, READ);
  upstream.answer = always(json({}, 404));
  await query(READ);
  upstream.answer = always(json({}, 503));
  expect(codesOf(await query(READ))).toEqual(['UPSTREAM_UNAVAILABLE']);
});

describe("after the gateway's own write no copy from before it is given, when the write", () => {
  test.each<[what: string, write: string, reply: Answer]>([
    ['renamed', RENAME, good],
    ['deleted', DELETE, good],
    ['created', CREATE, good],
    ['was not confirmed', RENAME, always(json({}, 500))],
    ['found no such collection', RENAME, always(json({}, 404))],
  ])('%s', async (_what, write, reply) => {
    const { upstream, query } = await openFilled(ON, READ, LIST);
    upstream.answer = reply;
    await query(write);
    upstream.answer = always(json({}, 503));
    for (const document of [READ, LIST]) {
      const answer = await query(document);
      expect([codesOf(answer), ageOf(answer)]).toEqual([['UPSTREAM_UNAVAILABLE'], undefined]);
    }
  });
});

test('a write that never reached the upstream takes no copy away', async () => {
  const { upstream, query } = await openFilled(ON, READ);
  await upstream.close();
  expect(codesOf(await query(RENAME))).toEqual(['UPSTREAM_UNAVAILABLE']);
  expect(ageOf(await query(READ))).toEqual(stale);
});

test('such an answer is not kept: the upstream is asked each time, and shows as soon as it is back', async () => {
  const { upstream, query } = await openFilled({ ...ON, CACHE_TTL_MS: '1000' }, READ);
  await delay(1_100);
  upstream.answer = always(text('no JSON'));
  for (let turn = 1; turn <= 3; turn += 1) {
    const calls = upstream.requests.length;
    expect(ageOf(await query(READ))).toEqual(stale);
    expect(upstream.requests.length).toBeGreaterThan(calls);
  }
  upstream.answer = always(oneCollection({ name: 'back' }));
  const answer = await query(READ);
  expect([ageOf(answer), answer.text]).toEqual([undefined, '{"data":{"collection":{"name":"back"}}}']);
});

test('a fresh copy is given without a mark, and without a call', async () => {
  const { upstream, query } = await openFilled({ ...ON, CACHE_TTL_MS: '60000' }, READ);
  await upstream.close();
  const answer = await query('{ again: collection(id: "col_1") { name } }');
  expect([codesOf(answer), ageOf(answer)]).toEqual([[], undefined]);
});

test('the log tells how many reads were answered so', async () => {
  const { gateway, upstream, query } = await openFilled(ON, READ);
  await upstream.close();
  await query(READ);
  const line = gateway.logLines.findLast((each) => each.includes('"operation"')) ?? '{}';
  expect(JSON.parse(line)).toMatchObject({ stale: 1 });
});
