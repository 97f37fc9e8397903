import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import { eventually } from '../support/eventually.ts';
import { status } from '../support/faulty-replies.ts';
import type { Ledger } from '../support/ledger.ts';
import { type Answer, hang, type Reply, reset } from '../support/scripted-upstream.ts';
import { openFaultBench } from './fault-bench.ts';

const CHUNK = 49;
const ADD = `mutation ($assetIds: [ID!]!) { addAssetsToCollection(input: { id: "col_1", assetIds: $assetIds }) {
  ... on AddAssetsToCollectionPayload { assetIds } ... on Error { code }
  ... on PartiallyAppliedError { appliedIds failedIds unknownIds notAttemptedIds collection { assetCount } } } }`;

const idsOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `asset_${index}`);

/** Serves honestly but for the calls from this one on. */
function failFrom(
  turn: number,
  play: (request: Parameters<Answer>[0], ledger: Ledger) => Reply,
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

interface Expected {
  readonly code: string;
  readonly chunks: { readonly appliedIds: number; readonly failedIds: number; readonly unknownIds: number };
  readonly calls: number;
}

/** Adds 5 chunks; `chunks` counts chunks in each list, the rest was not attempted. */
async function expectReport(
  script: (ledger: Ledger) => Answer,
  { code, chunks, calls }: Expected,
): Promise<void> {
  await using bench = await openFaultBench(script);
  const ids = idsOf(5 * CHUNK);
  const { answer, requestId, tookMs } = await bench.query(ADD, { assetIds: ids });
  const result = dig(answer.body.data, 'addAssetsToCollection');
  const lists = [chunks.appliedIds, chunks.failedIds, chunks.unknownIds].map((_, index, counts) => {
    const start = counts.slice(0, index).reduce((sum, count) => sum + count, 0);
    return ids.slice(start * CHUNK, (start + (counts[index] ?? 0)) * CHUNK);
  });
  const [appliedIds = [], failedIds = [], unknownIds = []] = lists;
  const notAttemptedIds = ids.slice(appliedIds.length + failedIds.length + unknownIds.length);
  expect(result).toMatchObject({ code, appliedIds, failedIds, unknownIds, notAttemptedIds });
  const collection = appliedIds.length === 0 ? null : { assetCount: appliedIds.length };
  expect(dig(result, 'collection')).toEqual(collection);
  expect(bench.upstream.requests).toHaveLength(calls);
  const inLedger = bench.ledger.find('col_1')?.assets ?? [];
  expect(inLedger.filter((id) => !unknownIds.includes(id))).toEqual(appliedIds);
  expect(tookMs).toBeLessThan(bench.deadlineMs + 400);
  await bench.expectHealthy();
  bench.expectDiscretion(requestId);
}

test('chunk 3 of 5 is refused: two are applied, one failed, two were never sent', async () => {
  const chunks = { appliedIds: 2, failedIds: 1, unknownIds: 0 };
  await expectReport(failFrom(3, status(409)), { code: 'CONFLICT', chunks, calls: 3 });
});

test('chunk 3 of 5 finds the collection gone: the answer says so, and what was applied before', async () => {
  const chunks = { appliedIds: 2, failedIds: 1, unknownIds: 0 };
  await expectReport(failFrom(3, status(404)), { code: 'NOT_FOUND', chunks, calls: 3 });
});

test('chunk 3 of 5 times out for good: its ids are unknown', async () => {
  const chunks = { appliedIds: 2, failedIds: 0, unknownIds: 1 };
  await expectReport(
    failFrom(3, () => hang),
    { code: 'WRITE_OUTCOME_UNKNOWN', chunks, calls: 5 },
  );
});

test('chunk 3 of 5 is applied and its answer lost: the second try is refused, so its ids are unknown', async () => {
  const chunks = { appliedIds: 2, failedIds: 0, unknownIds: 1 };
  const applyAndReset = (request: Parameters<Answer>[0], ledger: Ledger): Reply => {
    ledger.apply(request);
    return reset;
  };
  await expectReport(failFrom(3, applyAndReset, 1), { code: 'WRITE_OUTCOME_UNKNOWN', chunks, calls: 4 });
});

test('chunk 1 of 5 is refused: nothing was changed, so the error is a plain one', async () => {
  await using bench = await openFaultBench(failFrom(1, status(404)));
  const { answer } = await bench.query(ADD, { assetIds: idsOf(5 * CHUNK) });
  expect(dig(answer.body.data, 'addAssetsToCollection')).toEqual({ code: 'NOT_FOUND' });
  expect(bench.upstream.requests).toHaveLength(1);
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
  const departure = new AbortController();
  const asked = bench.query(ADD, { assetIds: idsOf(5 * CHUNK) }, {}, departure.signal).catch(() => null);
  await eventually('the second chunk is out', () => bench.upstream.requests.length === 2);
  departure.abort();
  await asked;
  await delay(500);
  expect(bench.upstream.requests).toHaveLength(2);
  expect(bench.ledger.entries).toHaveLength(2);
});
