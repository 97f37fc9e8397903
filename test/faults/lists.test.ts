import { expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import type { ReceivedRequest } from '../support/received-request.ts';
import { hang, json, type Reply, reset } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';
import { type FaultBench, openFaultBench } from './fault-bench.ts';

const LIST =
  'query ($first: Int!, $after: String) { collections(first: $first, after: $after) { nodes { scenarioId } pageInfo { hasNextPage endCursor } } }';

/** A page of these rows; `next` is the token of the page behind. */
function page(from: number, size: number, next?: string): Reply {
  const collections = Array.from({ length: size }, (_, index) =>
    wireCollection({ id: `col_${from + index}` }),
  );
  return json({ collections, ...(next === undefined ? {} : { nextPaginationToken: next }) });
}

const offsetOf = ({ query }: ReceivedRequest): number => Number(query.get('paginationToken') ?? 0);

async function list(bench: FaultBench, first: number, after: string | null = null) {
  const { answer, tookMs, requestId } = await bench.query(LIST, { first, after });
  const nodes = dig(answer.body.data, 'collections', 'nodes');
  return {
    requestId,
    tookMs,
    count: Array.isArray(nodes) ? nodes.length : null,
    codes: answer.body.errors?.map(({ extensions }) => extensions['code']) ?? [],
    hasNextPage: dig(answer.body.data, 'collections', 'pageInfo', 'hasNextPage'),
    endCursor: dig(answer.body.data, 'collections', 'pageInfo', 'endCursor'),
  };
}

// 500 rows in pages of 100, and MAX_UPSTREAM_CALLS more.
const PLANNED = 5;
const ALLOWANCE = 30;

test('a list whose token never ends costs a bounded number of calls', async () => {
  await using bench = await openFaultBench(
    () => (request) => page(offsetOf(request), 1, String(offsetOf(request) + 1)),
  );
  const { count, hasNextPage, tookMs } = await list(bench, 500);
  expect(count).toBe(bench.upstream.requests.length);
  expect(bench.upstream.requests).toHaveLength(PLANNED + ALLOWANCE);
  expect(hasNextPage).toBe(true);
  expect(tookMs).toBeLessThan(bench.deadlineMs);
});

test('a list of equal pages under ever new tokens ends all the same', async () => {
  await using bench = await openFaultBench(() => (request) => page(0, 100, String(offsetOf(request) + 1)));
  const { count } = await list(bench, 500);
  expect(count).toBe(100);
  expect(bench.upstream.requests).toHaveLength(PLANNED + ALLOWANCE);
});

test('a list of slow pages gives what it has by the deadline, and a cursor that resumes there', async () => {
  await using bench = await openFaultBench(
    () => (request) =>
      offsetOf(request) >= 200 ? hang : page(offsetOf(request), 100, String(offsetOf(request) + 100)),
    { DEADLINE_MS: '1000', UPSTREAM_TIMEOUT_MS: '5000' },
  );
  const { count, codes, hasNextPage, endCursor, tookMs, requestId } = await list(bench, 500);
  expect({ count, codes, hasNextPage }).toEqual({
    count: 200,
    codes: ['UPSTREAM_TIMEOUT'],
    hasNextPage: true,
  });
  expect(tookMs).toBeLessThan(1_400);
  bench.upstream.answer = (request) => page(offsetOf(request), 50);
  const rest = await list(bench, 500, String(endCursor));
  expect(rest).toMatchObject({ count: 50, codes: [], hasNextPage: false });
  bench.expectDiscretion(requestId);
});

test('a page that is lost once is fetched once more, and no row is lost or doubled', async () => {
  let lost = 0;
  await using bench = await openFaultBench(() => (request) => {
    const offset = offsetOf(request);
    lost += 1;
    return lost === 2 ? reset : page(offset, 100, offset < 200 ? String(offset + 100) : undefined);
  });
  expect(await list(bench, 500)).toMatchObject({ count: 300, codes: [], hasNextPage: false });
  expect(bench.upstream.requests).toHaveLength(4);
});
