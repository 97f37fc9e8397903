import { type Dispatcher, Pool } from 'undici';
import { type LoadJob, type LoadReport, loadJob, type Shot } from './load-job.ts';

// The load generator, a process of its own: takes jobs from its parent, one after the other, and reports on each.
process.on('message', (message) => {
  void run(loadJob.parse(message)).then((report) => process.send?.(report));
});
process.on('disconnect', () => process.exit(0));

const WAIT_MS = 5_000;

/** One run of a job: a closed loop, in which every answer sends the next request until the time is up. */
class Run {
  readonly #pool: Pool;
  readonly #job: LoadJob;
  readonly #durations: number[] = [];
  readonly #endsAt: number;
  #next = 0;
  #wrong = 0;

  constructor(pool: Pool, job: LoadJob) {
    this.#pool = pool;
    this.#job = job;
    this.#endsAt = performance.now() + job.seconds * 1_000;
  }

  /** Resolves when the time is up and the last answer of this lane is in. */
  lane(): Promise<void> {
    return new Promise((resolve) => this.#shoot(resolve));
  }

  report(elapsedMs: number): LoadReport {
    const sorted = Float64Array.from(this.#durations).sort();
    const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
    return { requests: sorted.length, wrong: this.#wrong, elapsedMs, p50Ms: at(0.5), p99Ms: at(0.99) };
  }

  #shoot(onLast: () => void): void {
    const { shots, headers, minBytes } = this.#job;
    const shot = shots[this.#next % shots.length];
    this.#next += 1;
    if (performance.now() >= this.#endsAt || !shot) return onLast();
    const startedAt = performance.now();
    const answered = (status: number, bytes: number): void => {
      this.#durations.push(performance.now() - startedAt);
      if (status !== 200 || bytes < minBytes) this.#wrong += 1;
      this.#shoot(onLast);
    };
    this.#pool.dispatch(requestOf(shot, headers), new AnswerReader(answered));
  }
}

function requestOf({ method, path, body }: Shot, headers: LoadJob['headers']): Dispatcher.DispatchOptions {
  return { method, path, body, headers };
}

class AnswerReader implements Dispatcher.DispatchHandler {
  readonly #answered: (status: number, bytes: number) => void;
  #status = 0;
  #bytes = 0;

  constructor(answered: (status: number, bytes: number) => void) {
    this.#answered = answered;
  }

  onRequestStart(): void {}

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
  }

  onResponseEnd(): void {
    this.#answered(this.#status, this.#bytes);
  }

  onResponseError(): void {
    this.#answered(0, 0);
  }
}

async function run(job: LoadJob): Promise<LoadReport> {
  const pool = new Pool(job.origin, {
    connections: job.concurrency,
    pipelining: 1,
    headersTimeout: WAIT_MS,
    bodyTimeout: WAIT_MS,
  });
  const started = performance.now();
  const shooting = new Run(pool, job);
  await Promise.all(Array.from({ length: job.concurrency }, () => shooting.lane()));
  const elapsedMs = performance.now() - started;
  await pool.close();
  return shooting.report(elapsedMs);
}
