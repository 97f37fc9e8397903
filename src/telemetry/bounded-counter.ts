import { Counter, type Registry } from 'prom-client';
import { SeriesBound } from './series-bound.ts';

/** How a bounded counter is called and how far it may grow. */
export interface BoundedCounterOptions {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly [string, string, ...string[]];
  /** Combinations of labels that get a series of their own. */
  readonly maxSeries: number;
  readonly registry: Registry;
}

interface Series {
  readonly labels: Readonly<Record<string, string | number>>;
  /** What was added since the last scrape. */
  added: number;
}

/**
 * A counter whose series can't outgrow a bound: a combination that comes too late counts as `SeriesBound` has it, so that
 * the sums by the first label, whose values must be few by themselves, stay exact. What is counted is added up here and
 * handed over at a scrape: prom-client looks labels up anew for every count.
 */
export class BoundedCounter {
  readonly #labelNames: readonly string[];
  readonly #bound: SeriesBound;
  readonly #series = new Map<string, Series>();

  constructor({ name, help, labelNames, maxSeries, registry }: BoundedCounterOptions) {
    this.#labelNames = labelNames;
    this.#bound = new SeriesBound(maxSeries);
    const counter: Counter = new Counter({
      name,
      help,
      labelNames,
      registers: [registry],
      collect: () => this.#handOver(counter),
    });
  }

  /** Adds one. @param values one for each label name, in order */
  count(...values: readonly string[]): void {
    const series = this.#series.get(keyOf(values)) ?? this.#admit(values);
    series.added += 1;
  }

  #admit(values: readonly string[]): Series {
    const labels = this.#bound.admit(
      Object.fromEntries(this.#labelNames.map((name, index) => [name, values[index] ?? ''])),
    );
    const key = keyOf(Object.values(labels));
    const series = this.#series.get(key) ?? { labels, added: 0 };
    this.#series.set(key, series);
    return series;
  }

  #handOver(counter: Counter): void {
    for (const series of this.#series.values()) {
      if (series.added > 0) counter.inc(series.labels, series.added);
      series.added = 0;
    }
  }
}

function keyOf(values: ReadonlyArray<string | number>): string {
  return values.join(' ');
}
