import { setTimeout as delay } from 'node:timers/promises';
import { dig } from '../support/dig.ts';
import { type Answer, json } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';
import type { FaultBench } from './fault-bench.ts';

/** What one request of a load came to. */
export interface Sample {
  /** `ok` or a code. */
  readonly outcome: string;
  /** Milliseconds since the load began. */
  readonly startedMs: number;
  readonly tookMs: number;
  readonly retryAfter: string | null;
}

let reads = 0;

/** Reads a collection that nobody else reads, so that no two reads share a call. */
async function readAnother(bench: FaultBench): Promise<Pick<Sample, 'outcome' | 'tookMs' | 'retryAfter'>> {
  reads += 1;
  const { answer, tookMs } = await bench.query(`{ collection(id: "col_${reads}") { name } }`);
  const code = answer.body.errors?.[0]?.extensions['code'];
  const isAnswered = dig(answer.body.data, 'collection', 'name') !== undefined;
  return { outcome: isAnswered ? 'ok' : String(code), tookMs, retryAfter: answer.headers.get('retry-after') };
}

/** Sends reads at a steady rate, whether or not the earlier ones are answered. */
export async function readSteadily(
  bench: FaultBench,
  perSecond: number,
  durationMs: number,
): Promise<Sample[]> {
  const beganAt = performance.now();
  const under: Promise<Sample>[] = [];
  for (;;) {
    const startedMs = performance.now() - beganAt;
    if (startedMs >= durationMs) return Promise.all(under);
    const due = Math.floor((startedMs * perSecond) / 1000) + 1;
    while (under.length < due) under.push(readAnother(bench).then((sample) => ({ ...sample, startedMs })));
    await delay(2);
  }
}

/** Keeps this many readers busy. @returns answers a second */
export async function measurePeak(bench: FaultBench, readers: number, durationMs: number): Promise<number> {
  const beganAt = performance.now();
  let answered = 0;
  const read = async (): Promise<void> => {
    while (performance.now() - beganAt < durationMs) {
      if ((await readAnother(bench)).outcome === 'ok') answered += 1;
    }
  };
  await Promise.all(Array.from({ length: readers }, read));
  return (answered * 1000) / (performance.now() - beganAt);
}

/** Plays a service in which every collection exists, and that takes its time. */
export function slowService(latencyMs: number): Answer {
  return async ({ path }) => {
    await delay(latencyMs);
    return json({ collection: wireCollection({ id: path.split('/')[3] ?? 'col_made' }) });
  };
}

/** Where the middle and the slow end of these values lie. */
export function quantiles(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: sorted.at(-1) ?? Number.NaN };
}
