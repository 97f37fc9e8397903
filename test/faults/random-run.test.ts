import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Ledger, LedgerEntry } from '../support/ledger.ts';
import { type FaultBench, openFaultBench } from './fault-bench.ts';
import { createRandom } from './random.ts';
import { randomFaults } from './random-faults.ts';
import { RandomWriter, type Report } from './random-writer.ts';

const SEED = Number(process.env['FAULT_SEED'] ?? 20_240_607);
const WRITES = Number(process.env['FAULT_WRITES'] ?? 10_000);
const WRITERS = 25;
const LEAVING_SHARE = 0.01;
const HASTY_SHARE = 0.05;
const SETTINGS = { UPSTREAM_TIMEOUT_MS: '300', DEADLINE_MS: '2000', MAX_UPSTREAM_CALLS: '60' };

test(`10,000 writes under random faults, seed ${SEED}: none is lost, doubled or misreported`, async ({
  annotate,
}) => {
  await using bench = await openFaultBench((ledger) => randomFaults(SEED, ledger), SETTINGS);
  const writers = Array.from(
    { length: WRITERS },
    (_, index) => new RandomWriter(String(index), createRandom(SEED, index)),
  );
  await Promise.all(writers.map((writer, index) => write(bench, writer, index)));
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
  expect(compare(reports, bench.ledger.entries)).toEqual({
    lost: [],
    doubled: [],
    misreported: [],
    unasked: [],
  });
  for (const writer of writers) expectState(writer, bench.ledger);
  await bench.expectHealthy();
  bench.expectDiscretion();
}, 120_000);

async function write(bench: FaultBench, writer: RandomWriter, index: number): Promise<void> {
  for (let turn = 0; turn < WRITES / WRITERS; turn += 1) {
    const requestId = `run-${index}-${turn}`;
    const planned = writer.plan();
    const random = createRandom(SEED, requestId, 'client');
    const isHasty = random() < HASTY_SHARE;
    const deadline = isHasty ? { 'x-deadline-ms': String(20 + Math.floor(random() * 150)) } : {};
    const signal = random() < LEAVING_SHARE ? AbortSignal.timeout(1 + Math.floor(random() * 30)) : undefined;
    const answer = await bench
      .query(planned.document, { input: planned.input }, { 'x-request-id': requestId, ...deadline }, signal)
      .then((told) => told.answer)
      .catch((error: unknown) => {
        if (signal?.aborted) return null;
        throw error;
      });
    writer.note(requestId, planned, answer);
    // Otherwise most of the run would be refusals while the breaker is open.
    if (answer?.headers.has('retry-after')) await delay(1_000);
  }
}

/** Lays what was told beside what the upstream did. */
function compare(reports: readonly Report[], entries: readonly LedgerEntry[]) {
  const done = Map.groupBy(entries, ({ requestId }) => requestId);
  const found: Record<'lost' | 'doubled' | 'misreported' | 'unasked', string[]> = {
    lost: [],
    doubled: [],
    misreported: [],
    unasked: [],
  };
  for (const { requestId, kind, applied, unknown, refused } of reports) {
    const own = done.get(requestId) ?? [];
    done.delete(requestId);
    const timesOf = (subject: string): number =>
      own.filter((entry) => subjectsOf(entry).includes(subject)).length;
    for (const subject of applied) if (timesOf(subject) === 0) found.lost.push(`${requestId}: ${subject}`);
    for (const subject of refused)
      if (timesOf(subject) > 0) found.misreported.push(`${requestId}: ${subject}`);
    // To set the same name twice is no harm.
    if (kind === 'update') continue;
    for (const subject of [...applied, ...unknown])
      if (timesOf(subject) > 1) found.doubled.push(`${requestId}: ${subject}`);
  }
  found.unasked.push(...done.keys());
  return found;
}

function subjectsOf({ kind, name, ids, collectionId }: LedgerEntry): readonly string[] {
  if (kind === 'delete') return [collectionId];
  return name === undefined ? ids : [name];
}

/** Checks that each collection is what its writer may believe. */
function expectState(writer: RandomWriter, ledger: Ledger): void {
  for (const { id, names, members } of writer.own) {
    const found = ledger.find(id);
    expect(names).toContain(found?.name);
    const certain = found?.assets.filter((asset) => members.get(asset) !== 'unknown');
    const believed = [...members].filter(([, state]) => state === 'in').map(([asset]) => asset);
    expect(new Set(certain)).toEqual(new Set(believed));
  }
}

function countOutcomes(reports: readonly Report[]): Record<string, number> {
  const count = (of: (report: Report) => readonly string[]): number =>
    reports.filter((report) => of(report).length > 0).length;
  return {
    told: count((report) => report.applied),
    unknown: count((report) => report.unknown),
    refused: count((report) => report.refused),
  };
}
