import { Counter, Registry } from 'prom-client';
import { addGauge } from '../telemetry/gauges.ts';
import { type MetricSnapshot, readSnapshot } from '../telemetry/metric-snapshot.ts';
import { MetricsOfMany } from '../telemetry/metrics-of-many.ts';
import { watchProcess } from '../telemetry/process-metrics.ts';
import type { Line } from './line.ts';
import { FAREWELL, METRICS } from './topics.ts';

/** The crew, as far as metrics ask about it. */
interface Counted {
  readonly serving: number;
  readonly restarted: number;
}

/** The metrics of all workers and of the primary, on one page. */
export class CrewMetrics {
  readonly #lines = new Set<Line>();
  readonly #latest = new Map<Line, MetricSnapshot>();
  readonly #sum = new MetricsOfMany();
  readonly #own = new Registry();

  /** @param crew gives the crew, read at every scrape */
  constructor(crew: () => Counted) {
    watchProcess(this.#own);
    addGauge(this.#own, 'gateway_workers', 'Worker processes that serve.', () => crew().serving);
    const restarts: Counter = new Counter({
      name: 'gateway_worker_restarts_total',
      help: 'Worker processes started in the place of one that ended.',
      registers: [this.#own],
      collect: () => {
        restarts.reset();
        restarts.inc(crew().restarted);
      },
    });
  }

  /** Counts this worker from now on. @param ended resolves when its process has ended */
  attend(line: Line, ended: Promise<unknown>): void {
    this.#lines.add(line);
    line.serve(FAREWELL, (snapshot) => {
      this.#latest.set(line, snapshot);
      return null;
    });
    void ended.then(() => this.#retire(line));
  }

  /** The text that Prometheus scrapes. Of a worker that does not answer, what it last said. */
  async render(): Promise<string> {
    const own = readSnapshot(this.#own);
    await Promise.all([...this.#lines].map((line) => this.#ask(line)));
    return this.#sum.render([await own, ...this.#latest.values()]);
  }

  #retire(line: Line): void {
    const last = this.#latest.get(line);
    this.#lines.delete(line);
    this.#latest.delete(line);
    if (last) this.#sum.retire(last);
  }

  async #ask(line: Line): Promise<void> {
    const snapshot = await line.ask(METRICS, null).catch(() => null);
    if (snapshot && this.#lines.has(line)) this.#latest.set(line, snapshot);
  }
}
