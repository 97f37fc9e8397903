import { Counter, type Registry } from 'prom-client';
import { OVERFLOW } from './series-bound.ts';

/** How a bounded counter is called and how far it may grow. */
export interface BoundedCounterOptions {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly [string, string, ...string[]];
  /** Combinations of labels that get a series of their own. */
  readonly maxSeries: number;
  readonly registry: Registry;
}

type Labels = readonly [string, ...string[]];

interface Series {
  readonly labels: Labels;
  /** What was added since the last scrape. */
  added: number;
}

/**
 * A counter whose series can't outgrow a bound. A combination that comes too late counts as `other` in every label but
 * the first, whose values must be few by themselves: the sums by the first label stay exact. What is counted is added up
 * here and handed over at a scrape: prom-client looks labels up anew for every count.
 */
export class BoundedCounter {
  readonly #maxSeries: number;
  readonly #own = new Map<string, Series>();
  readonly #overflow = new Map<string, Series>();

  constructor({ name, help, labelNames, maxSeries, registry }: BoundedCounterOptions) {
    this.#maxSeries = maxSeries;
    const counter: Counter = new Counter({
      name,
      help,
      labelNames,
      registers: [registry],
      collect: () => this.#handOver(counter),
    });
  }

  /** Adds one. @param labels one value for each label name, in order */
  count(...labels: Labels): void {
    const key = labels.join(' ');
    const series = this.#own.get(key) ?? this.#admit(key, labels);
    series.added += 1;
  }

  #admit(key: string, labels: Labels): Series {
    if (this.#own.size < this.#maxSeries) return addSeries(this.#own, key, labels);
    const [first, ...others] = labels;
    return (
      this.#overflow.get(first) ?? addSeries(this.#overflow, first, [first, ...others.map(() => OVERFLOW)])
    );
  }

  #handOver(counter: Counter): void {
    for (const series of [...this.#own.values(), ...this.#overflow.values()]) {
      if (series.added > 0) counter.labels(...series.labels).inc(series.added);
      series.added = 0;
    }
  }
}

function addSeries(known: Map<string, Series>, key: string, labels: Labels): Series {
  const series = { labels, added: 0 };
  known.set(key, series);
  return series;
}
