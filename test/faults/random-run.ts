import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Ledger, LedgerEntry } from '../support/ledger.ts';
import type { FaultBench } from './fault-bench.ts';
import { createRandom } from './random.ts';
import { RandomWriter, type Report } from './random-writer.ts';

/** How many writes are made, and by what clients. */
export interface RandomRun {
  readonly seed: number;
  readonly writes: number;
  /** Share of the writes whose client does not wait for the answer. */
  readonly leavingShare: number;
  /** Share of the writes that have a deadline of at most 170 ms. */
  readonly hastyShare: number;
}

const WRITERS = 25;

/** Lets clients write side by side, each on collections of its own. */
export async function runWrites(bench: FaultBench, run: RandomRun): Promise<readonly RandomWriter[]> {
  const writers = Array.from(
    { length: WRITERS },
    (_, index) => new RandomWriter(String(index), createRandom(run.seed, index)),
  );
  await Promise.all(writers.map((writer, index) => write(bench, writer, index, run)));
  return writers;
}

async function write(bench: FaultBench, writer: RandomWriter, index: number, run: RandomRun): Promise<void> {
  for (let turn = 0; turn < run.writes / WRITERS; turn += 1) {
    const requestId = `run-${index}-${turn}`;
    const planned = writer.plan();
    const random = createRandom(run.seed, requestId, 'client');
    const isHasty = random() < run.hastyShare;
    const deadline = isHasty ? { 'x-deadline-ms': String(20 + Math.floor(random() * 150)) } : {};
    const isLeaving = random() < run.leavingShare;
    const signal = isLeaving ? AbortSignal.timeout(1 + Math.floor(random() * 30)) : undefined;
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

/** Checks what was told against what the upstream did, and against what it holds in the end. */
export function expectTruth(writers: readonly RandomWriter[], ledger: Ledger): void {
  const reports = writers.flatMap((writer) => writer.reports);
  expect(compare(reports, ledger.entries)).toEqual({ lost: [], doubled: [], misreported: [], unasked: [] });
  for (const writer of writers) expectState(writer, ledger);
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

/** How many writes were told as done, as unknown and as refused, at least in part. */
export function countOutcomes(
  reports: readonly Report[],
): Readonly<Record<'told' | 'unknown' | 'refused', number>> {
  const count = (of: (report: Report) => readonly string[]): number =>
    reports.filter((report) => of(report).length > 0).length;
  return {
    told: count((report) => report.applied),
    unknown: count((report) => report.unknown),
    refused: count((report) => report.refused),
  };
}
