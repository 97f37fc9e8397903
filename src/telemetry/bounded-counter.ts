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

/**
 * A counter whose series can't outgrow a bound. A combination that comes too late counts as `other` in every label but
 * the first, whose values must be few by themselves: the sums by the first label stay exact.
 */
export class BoundedCounter {
  readonly #counter: Counter;
  readonly #maxSeries: number;
  readonly #children = new Map<string, Counter.Internal>();

  constructor({ name, help, labelNames, maxSeries, registry }: BoundedCounterOptions) {
    this.#counter = new Counter({ name, help, labelNames, registers: [registry] });
    this.#maxSeries = maxSeries;
  }

  /** Adds one. @param labels one value for each label name, in order */
  count(...labels: readonly [string, ...string[]]): void {
    this.#child(labels).inc();
  }

  #child(labels: readonly [string, ...string[]]): Counter.Internal {
    const key = labels.join(' ');
    const known = this.#children.get(key);
    if (known) return known;
    const [first, ...others] = labels;
    if (this.#children.size >= this.#maxSeries) {
      return this.#counter.labels(first, ...others.map(() => OVERFLOW));
    }
    const child = this.#counter.labels(...labels);
    this.#children.set(key, child);
    return child;
  }
}
