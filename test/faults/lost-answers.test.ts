import { expect, test } from 'vitest';
import { openFaultBench } from './fault-bench.ts';
import { lostWrites } from './random-faults.ts';
import { countOutcomes, expectTruth, runWrites } from './random-run.ts';

// FAULT_SEEDS=10 FAULT_WRITES=1000 plays as many as are promised.
const SEEDS = Number(process.env['FAULT_SEEDS'] ?? 1);
const WRITES = Number(process.env['FAULT_WRITES'] ?? 400);
// Long enough that only what hangs is given up, however busy the machine is.
const SETTINGS = { UPSTREAM_TIMEOUT_MS: '3000', DEADLINE_MS: '30000', MAX_UPSTREAM_CALLS: '60' };

test.each([...Array(SEEDS).keys()])(
  `of ${WRITES} writes, every fifth answer lost, none is lost, doubled or misreported, and not one in 100 stays unknown: seed %i`,
  async (seed) => {
    await using bench = await openFaultBench((ledger) => lostWrites(seed, ledger), SETTINGS);
    const writers = await runWrites(bench, { seed, writes: WRITES, leavingShare: 0, hastyShare: 0 });
    expectTruth(writers, bench.ledger);
    const reports = writers.flatMap((writer) => writer.reports);
    const settled = reports.filter(({ kind }) => kind !== 'create');
    const { unknown, refused } = countOutcomes(settled);
    process.stdout.write(`${JSON.stringify({ seed, settled: settled.length, unknown, refused })}\n`);
    expect(unknown).toBeLessThan(settled.length / 100);
    bench.expectDiscretion();
  },
  300_000,
);
