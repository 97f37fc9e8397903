import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openFaultBench } from './fault-bench.ts';
import { randomFaults } from './random-faults.ts';
import { countOutcomes, expectTruth, runWrites } from './random-run.ts';

const SEED = Number(process.env['FAULT_SEED'] ?? 20_240_607);
const WRITES = Number(process.env['FAULT_WRITES'] ?? 10_000);
const SETTINGS = { UPSTREAM_TIMEOUT_MS: '300', DEADLINE_MS: '2000', MAX_UPSTREAM_CALLS: '60' };

test(`10,000 writes under random faults, seed ${SEED}: none is lost, doubled or misreported`, async ({
  annotate,
}) => {
  await using bench = await openFaultBench((ledger) => randomFaults(SEED, ledger), SETTINGS);
  const run = { seed: SEED, writes: WRITES, leavingShare: 0.01, hastyShare: 0.05 };
  const writers = await runWrites(bench, run);
  // Writes whose client left go on.
  await delay(Number(SETTINGS.DEADLINE_MS));
  const reports = writers.flatMap((writer) => writer.reports);
  expect(reports.length).toBe(WRITES);
  await annotate(
    JSON.stringify({
      ...countOutcomes(reports),
      applied: bench.ledger.entries.length,
      calls: bench.upstream.requests.length,
    }),
  );
  expect(bench.upstream.requests.length).toBeGreaterThan(WRITES);
  expectTruth(writers, bench.ledger);
  await bench.expectHealthy();
  bench.expectDiscretion();
}, 120_000);
