import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import { eventually } from '../support/eventually.ts';
import { status } from '../support/faulty-replies.ts';
import type { Ledger } from '../support/ledger.ts';
import type { ReceivedRequest } from '../support/received-request.ts';
import { type Answer, hang, type Reply, reset } from '../support/scripted-upstream.ts';
import { GRACE_MS, openFaultBench } from './fault-bench.ts';

const CHUNK = 49;
const ADD = `mutation ($assetIds: [ID!]!) { addAssetsToCollection(input: { id: "col_1", assetIds: $assetIds }) {
  ... on AddAssetsToCollectionPayload { assetIds } ... on Error { code }
  ... on PartiallyAppliedError { appliedIds failedIds unknownIds notAttemptedIds latestCollection { assetCount } } } }`;

const idsOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `asset_${index}`);

/** Serves honestly but for the calls from this one on. */
function failFrom(
  turn: number,
  play: (request: ReceivedRequest, ledger: Ledger) => Reply,
  times = Number.POSITIVE_INFINITY,
) {
  return (ledger: Ledger): Answer => {
    let turns = 0;
    return (request) => {
      if (request.path.endsWith('/col_healthy')) return ledger.serve(request);
      turns += 1;
      return turns >= turn && turns < turn + times ? play(request, ledger) : ledger.serve(request);
    };
  };
}

/** Adds 5 chunks. @returns the code, how many calls that took, and which chunks are in each list */
async function addFiveChunks(script: (ledger: Ledger) => Answer) {
  await using bench = await openFaultBench(script);
  const ids = idsOf(5 * CHUNK);
  const { answer, requestId, tookMs } = await bench.query(ADD, { assetIds: ids });
  const calls = bench.upstream.requests.length;
  const result = dig(answer.body.data, 'addAssetsToCollection');
  const listOf = (name: string): unknown[] => {
    const list = dig(result, name);
    return Array.isArray(list) ? list : [];
  };
  const told = ['appliedIds', 'failedIds', 'unknownIds', 'notAttemptedIds'].map(listOf);
  const [applied = [], , unknown = []] = told;
  assert.deepEqual(told.flat(), ids);
  const inLedger = bench.ledger.find('col_1')?.assets ?? [];
  assert.deepEqual(
    inLedger.filter((id) => !unknown.includes(id)),
    applied,
  );
  assert.equal(dig(result, 'latestCollection', 'assetCount'), applied.length);
  assert.ok(tookMs < bench.deadlineMs + GRACE_MS);
  await bench.expectHealthy();
  bench.expectDiscretion(requestId);
  return { code: dig(result, 'code'), calls, chunks: told.map((list) => list.length / CHUNK) };
}

const applyAndReset = (request: ReceivedRequest, ledger: Ledger): Reply => {
  ledger.apply(request);
  return reset;
};

test('chunk 3 of 5 is refused, and the read behind it: two are applied, one failed, two were never sent', async () => {
  const told = await addFiveChunks(failFrom(3, status(409)));
  expect(told).toEqual({ code: 'CONFLICT', calls: 4, chunks: [2, 1, 0, 2] });
});

test('chunk 3 of 5 finds the collection gone: the answer says so, and what was applied before', async () => {
  const told = await addFiveChunks(failFrom(3, status(404)));
  expect(told).toEqual({ code: 'NOT_FOUND', calls: 4, chunks: [2, 1, 0, 2] });
});

test('chunk 3 of 5 times out for good: its ids are unknown', async () => {
  const told = await addFiveChunks(failFrom(3, () => hang));
  expect(told).toEqual({ code: 'WRITE_OUTCOME_UNKNOWN', calls: 6, chunks: [2, 0, 1, 2] });
});

test('chunk 3 of 5 is lost once before it is applied: the second try adds it', async () => {
  await using bench = await openFaultBench(failFrom(3, () => reset, 1));
  const { answer } = await bench.query(ADD, { assetIds: idsOf(5 * CHUNK) });
  expect(dig(answer.body.data, 'addAssetsToCollection', 'assetIds')).toEqual(idsOf(5 * CHUNK));
  expect(bench.upstream.requests).toHaveLength(6);
});

test('chunk 3 of 5 is applied and its answer lost: the second try is refused, and a read tells that it was', async () => {
  await using bench = await openFaultBench(failFrom(3, applyAndReset, 1));
  const { answer } = await bench.query(ADD, { assetIds: idsOf(5 * CHUNK) });
  expect(dig(answer.body.data, 'addAssetsToCollection', 'assetIds')).toEqual(idsOf(5 * CHUNK));
  expect(bench.ledger.entries).toHaveLength(5);
  expect(bench.upstream.requests).toHaveLength(7);
});

test('chunk 1 of 5 finds the collection gone: nothing was changed, so the error is a plain one', async () => {
  await using bench = await openFaultBench(failFrom(1, status(404)));
  const { answer } = await bench.query(ADD, { assetIds: idsOf(5 * CHUNK) });
  expect(dig(answer.body.data, 'addAssetsToCollection')).toEqual({ code: 'NOT_FOUND' });
  expect(bench.upstream.requests).toHaveLength(2);
});

test.each([
  [1, [1]],
  [49, [49]],
  [50, [49, 1]],
  [98, [49, 49]],
  [99, [49, 49, 1]],
])('%i ids go out in chunks of %j', async (count, sizes) => {
  await using bench = await openFaultBench((ledger) => ledger.serve);
  const ids = idsOf(count);
  const { answer } = await bench.query(ADD, { assetIds: [...ids, ...ids] });
  expect(dig(answer.body.data, 'addAssetsToCollection', 'assetIds')).toEqual(ids);
  expect(bench.ledger.entries.map((entry) => entry.ids.length)).toEqual(sizes);
});

test('a deadline that falls between chunks leaves the rest unsent, and says so', async () => {
  await using bench = await openFaultBench(
    (ledger) => async (request) => {
      await delay(200);
      return ledger.serve(request);
    },
    { UPSTREAM_TIMEOUT_MS: '5000' },
  );
  const ids = idsOf(10 * CHUNK);
  const { answer, tookMs } = await bench.query(ADD, { assetIds: ids }, { 'x-deadline-ms': '700' });
  expect(tookMs).toBeLessThan(1_100);
  const result = dig(answer.body.data, 'addAssetsToCollection');
  const lengthOf = (list: string): number => {
    const value = dig(result, list);
    return Array.isArray(value) ? value.length : Number.NaN;
  };
  const unsent = lengthOf('notAttemptedIds');
  expect(unsent).toBeGreaterThanOrEqual(6 * CHUNK);
  expect(lengthOf('appliedIds') + lengthOf('failedIds') + lengthOf('unknownIds') + unsent).toBe(ids.length);
  const applied = bench.ledger.find('col_1')?.assets.length ?? 0;
  expect(applied - lengthOf('appliedIds')).toBeLessThanOrEqual(lengthOf('unknownIds'));
});

test('a client that leaves stops the chunks that were not sent yet', async () => {
  await using bench = await openFaultBench((ledger) => async (request) => {
    await delay(100);
    return ledger.serve(request);
  });
  const clientAbort = new AbortController();
  const asked = bench.query(ADD, { assetIds: idsOf(5 * CHUNK) }, {}, clientAbort.signal).catch(() => null);
  await eventually('the second chunk is out', () => bench.upstream.requests.length === 2);
  clientAbort.abort();
  await asked;
  await delay(500);
  expect(bench.upstream.requests).toHaveLength(2);
  expect(bench.ledger.entries).toHaveLength(2);
});
