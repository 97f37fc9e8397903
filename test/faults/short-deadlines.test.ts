import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import { openFaultBench } from './fault-bench.ts';

const SLOW_MS = 1_600;

// Each reads a collection of its own, so that none joins another's call.
const reads = (count: number) =>
  Array.from({ length: count }, (_, index) => `{ collection(id: "col_${index}") { name } }`);

test('callers whose own deadlines are too short for a slow upstream do not open the circuit for the others', async () => {
  await using bench = await openFaultBench(
    (ledger) => async (request) => {
      await delay(SLOW_MS);
      return ledger.serve(request);
    },
    { DEADLINE_MS: '10000', UPSTREAM_TIMEOUT_MS: '5000' },
  );
  const hasty = await Promise.all(
    reads(20).map((document) => bench.query(document, {}, { 'x-deadline-ms': '1300' })),
  );
  const codes = hasty.map(({ answer }) => answer.body.errors?.[0]?.extensions['code']);
  expect(new Set(codes)).toEqual(new Set(['UPSTREAM_TIMEOUT']));
  const patient = await bench.query('{ collection(id: "col_1") { name } }');
  expect(dig(patient.answer.body.data, 'collection', 'name')).toBe('col_1');
  expect(bench.upstream.requests).toHaveLength(21);
});

test('an upstream that uses up the configured deadline opens the circuit, though no attempt reaches its own limit', async () => {
  await using bench = await openFaultBench(() => () => ({ kind: 'hang' }), {
    DEADLINE_MS: '3000',
    UPSTREAM_TIMEOUT_MS: '5000',
  });
  await Promise.all(reads(10).map((document) => bench.query(document)));
  const { answer } = await bench.query('{ collection(id: "col_1") { name } }');
  expect(answer.body.errors?.[0]?.extensions['code']).toBe('UPSTREAM_UNAVAILABLE');
  expect(bench.upstream.requests).toHaveLength(10);
});
