import { Gauge, Histogram, type Registry } from 'prom-client';

/** How a histogram is called and what it is divided into. */
export interface DurationHistogramOptions {
  readonly name: string;
  readonly help: string;
  /** Upper bounds in seconds, from small to large, without the infinite one. */
  readonly buckets: readonly number[];
  readonly registry: Registry;
}

type Labels = Readonly<Record<string, string | number>>;

/** What a scrape shows: a value under a name and labels. */
interface Sample {
  readonly metricName: string;
  readonly labels: Labels;
  readonly value: number;
}

/**
 * A histogram whose series add up what they observe, and are read at a scrape: prom-client checks and hashes labels anew for
 * every observation. Shows what prom-client's own would show.
 */
export class DurationHistogram {
  readonly #upperBounds: readonly number[];
  // In the order of their first observations, as prom-client has them.
  readonly #observed: DurationSeries[] = [];

  constructor({ name, help, buckets, registry }: DurationHistogramOptions) {
    this.#upperBounds = [...buckets, Infinity];
    registry.registerMetric(
      new ReadHistogram(name, help, () => this.#observed.flatMap((series) => series.read(name))),
    );
  }

  /** The series with these labels, shown from its first observation on. Call it once for each. */
  of(labels: Labels): DurationSeries {
    return new DurationSeries(labels, this.#upperBounds, this.#observed);
  }
}

/** Observes for one series of a histogram. */
export class DurationSeries {
  readonly #labels: Labels;
  readonly #buckets: ReadonlyArray<{ readonly upperBound: number; count: number }>;
  readonly #observed: DurationSeries[];
  #count = 0;
  #sum = 0;

  /** @param observed where it adds itself at its first observation */
  constructor(labels: Labels, upperBounds: readonly number[], observed: DurationSeries[]) {
    this.#labels = labels;
    this.#buckets = upperBounds.map((upperBound) => ({ upperBound, count: 0 }));
    this.#observed = observed;
  }

  observe(seconds: number): void {
    if (this.#count === 0) this.#observed.push(this);
    this.#count += 1;
    this.#sum += seconds;
    for (const bucket of this.#buckets) {
      if (seconds > bucket.upperBound) continue;
      bucket.count += 1;
      return;
    }
  }

  /** @param name of the histogram */
  read(name: string): Sample[] {
    const labels = this.#labels;
    let cumulative = 0;
    const buckets = this.#buckets.map(({ upperBound, count }) => {
      cumulative += count;
      const le = upperBound === Infinity ? '+Inf' : upperBound;
      return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: cumulative };
    });
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels, value: this.#sum },
      { metricName: `${name}_count`, labels, value: this.#count },
    ];
  }
}

/** A histogram to who scrapes. To prom-client a gauge, whose `get` is all that its registry asks for. */
class ReadHistogram extends Gauge {
  readonly #empty: Histogram;
  readonly #read: () => Sample[];

  constructor(name: string, help: string, read: () => Sample[]) {
    super({ name, help, registers: [] });
    this.#empty = new Histogram({ name, help, registers: [] });
    this.#read = read;
  }

  override async get() {
    return { ...(await this.#empty.get()), values: this.#read() };
  }
}
