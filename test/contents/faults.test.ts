import { describe, expect, test } from 'vitest';
import { FAULT_CASES } from '../faults/cases.ts';
import { openFaultBench } from '../faults/fault-bench.ts';
import type { Result } from '../faults/results.ts';
import { dig } from '../support/dig.ts';

/** The endpoints of assets and models, each as the operation that asks it. */
const ENDPOINTS = [
  {
    endpoint: 'assets.list',
    path: '/v1/assets',
    document: '{ assets(first: 1) { nodes { id } } }',
    subject: null,
  },
  {
    endpoint: 'assets.list of a collection',
    path: '/v1/assets',
    document: '{ collection(id: "col_1") { name assets(first: 1) { nodes { id } } } }',
    subject: 'col_1',
  },
  {
    endpoint: 'assets.bulk',
    path: '/v1/assets/get-bulk',
    document: '{ asset(id: "asset_a") { id } }',
    subject: 'asset_a',
  },
  {
    endpoint: 'assets.search',
    path: '/v1/search/assets',
    document: '{ assets(first: 1, filter: { text: "x" }) { nodes { id } } }',
    subject: null,
  },
  {
    endpoint: 'models.list',
    path: '/v1/models',
    document: '{ collection(id: "col_1") { name models(first: 1) { nodes { id } } } }',
    subject: 'col_1',
  },
  {
    endpoint: 'models.bulk',
    path: '/v1/models/get-bulk',
    document: '{ model(id: "model_a") { id } }',
    subject: 'model_a',
  },
] as const;

/** What is told of these reads, where it differs from a read of one collection. */
function toldOf([outcome, calls]: Result, fault: string, subject: string | null): Result {
  if (fault === '404') return [subject === null ? 'UPSTREAM_BAD_RESPONSE' : 'NOT_FOUND', calls];
  return fault === '403 on an object' && subject === null ? ['UPSTREAM_REJECTED', calls] : [outcome, calls];
}

const CASES = FAULT_CASES.filter(({ when }) => when === 'before applying');

describe.concurrent.each(ENDPOINTS)('$endpoint', ({ path, document, subject }) => {
  test.each(CASES)('is told and retried as other reads are: $fault', async ({ fault, play, expected }) => {
    await using bench = await openFaultBench(
      (ledger) => (request) => (request.path === path ? play(request) : ledger.serve(request)),
      // The collection is read at the same time, by gateways that have just started, many of them.
      { UPSTREAM_TIMEOUT_MS: '500', DEADLINE_MS: '3000' },
    );
    const { answer, requestId, tookMs } = await bench.query(document);
    const calls = bench.upstream.requests.filter((request) => request.path === path).length;
    const error = answer.body.errors?.[0];
    expect([error?.extensions['code'], calls]).toEqual(toldOf(expected.always.read, fault, subject));
    expect(tookMs).toBeLessThan(bench.deadlineMs + 1_000);
    // The collection itself is there all the same.
    const name = dig(answer.body.data, 'collection', 'name');
    expect(typeof name).toBe(subject === 'col_1' ? 'string' : 'undefined');
    await bench.expectHealthy();
    bench.expectDiscretion(requestId);
  });
});
