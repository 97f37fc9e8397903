import { availableParallelism } from 'node:os';
import { type Contestant, startLoad } from './contestants.ts';
import { type LoadJob, type LoadReport, loadReport, type Shot } from './load-job.ts';
import { hasProcessUsage, readMachineUs, readUsage } from './process-usage.ts';
import { messageOf, type Running } from './processes.ts';
import type { Workload } from './workloads.ts';

/** What one stretch of load on one contestant came to. */
export interface Sample {
  /** Processor time of the contestant for each request; NaN where the system does not tell. */
  readonly cpuUs: number;
  /** Share of its processor that the contestant used: near 1, it is what sets the pace. */
  readonly busy: number;
  /** Share of the machine that processes took which are no part of the bench. */
  readonly others: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly rssMb: number;
}

/** A contestant with the requests of one workload, which are known to be answered well. */
export interface Entry {
  readonly contestant: Contestant;
  readonly workload: Workload;
  readonly shots: readonly Shot[];
  readonly minBytes: number;
}

const US_PER_MS = 1_000;
const REPORT_MS = 15_000;

/** Gets the requests of a workload ready and holds one answer against what it should be. @throws when it is wrong */
export async function enter(contestant: Contestant, workload: Workload): Promise<Entry> {
  const shots = await contestant.shots(workload);
  const [shot] = shots;
  if (!shot) throw new Error('a rotation is empty');
  const { method, path, body } = shot;
  const response = await fetch(contestant.origin + path, { method, headers: contestant.headers, body });
  const text = await response.text();
  const found = text.split('"createdAt":"').length - 1;
  const isGateway = path === '/graphql';
  // The proxy makes each read once; aliases are the gateway's.
  const isRight = isGateway ? found === workload.objects && !text.includes('"errors":') : found > 0;
  if (response.status !== 200 || !isRight)
    throw new Error(`${workload.name} is answered wrongly: ${text.slice(0, 300)}`);
  return { contestant, workload, shots, minBytes: Math.floor(Buffer.byteLength(text) * 0.9) };
}

/** Puts load on contestants, one after the other. */
export class Meter {
  readonly #load: Running = startLoad();
  readonly #upstream: Running;

  constructor(upstream: Running) {
    this.#upstream = upstream;
  }

  /** Loads a contestant for a time without looking. */
  async warm(entry: Entry, seconds: number): Promise<void> {
    await this.#run(entry, seconds);
  }

  /** Loads a contestant for a time. @throws when any answer was wrong */
  async measure(entry: Entry, seconds: number): Promise<Sample> {
    const before = this.#look(entry);
    const { requests, elapsedMs, p50Ms, p99Ms } = await this.#run(entry, seconds);
    const after = this.#look(entry);
    const cpuUs = after.cpuUs - before.cpuUs;
    const elapsedUs = elapsedMs * US_PER_MS;
    return {
      cpuUs: cpuUs / requests,
      busy: cpuUs / elapsedUs,
      others: (after.othersUs - before.othersUs) / (elapsedUs * availableParallelism()),
      requestsPerSecond: requests / (elapsedMs / 1_000),
      p50Ms,
      p99Ms,
      rssMb: after.rssMb,
    };
  }

  stop(): Promise<void> {
    return this.#load.stop();
  }

  #look({ contestant }: Entry): { cpuUs: number; othersUs: number; rssMb: number } {
    if (!hasProcessUsage) return { cpuUs: Number.NaN, othersUs: Number.NaN, rssMb: Number.NaN };
    const { cpuUs, rssMb } = readUsage(contestant.running.pid);
    const surroundings = [this.#upstream, this.#load].map(({ pid }) => readUsage(pid).cpuUs);
    const ownUs = surroundings.reduce((sum, us) => sum + us, cpuUs);
    return { cpuUs, rssMb, othersUs: readMachineUs() - ownUs };
  }

  async #run({ contestant, workload, shots, minBytes }: Entry, seconds: number): Promise<LoadReport> {
    const { origin, headers } = contestant;
    const { concurrency, latencyMs } = workload;
    const job: LoadJob = { origin, headers, shots: [...shots], concurrency, seconds, minBytes };
    this.#upstream.child.send({ latencyMs });
    const reported = messageOf(this.#load, seconds * 1_000 + REPORT_MS);
    this.#load.child.send(job);
    const report = loadReport.parse(await reported);
    if (report.wrong > 0)
      throw new Error(`${workload.name}: ${report.wrong} of ${report.requests} answers were wrong`);
    return report;
  }
}
