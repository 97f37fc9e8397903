import { Counter, type Registry } from 'prom-client';
import { SeriesBound } from './series-bound.ts';

/** How a bounded counter is called and how far it may grow. */
export interface BoundedCounterOptions {
  readonly name: string;
  readonly help: string;
  /** The label `account` comes to them. */
  readonly labelNames: readonly [string, string, ...string[]];
  /** Combinations of these labels that get a series of their own, for each account. */
  readonly maxSeries: number;
  readonly registry: Registry;
}

type LabelValue = string | number;

interface Series {
  readonly labels: Readonly<Record<string, LabelValue>>;
  /** What was added since the last scrape. */
  added: number;
}

/** Series by the values of their labels, a level for each label. */
interface Branch {
  readonly branches: Map<LabelValue, Branch>;
  series?: Series;
}

/** A counter for each account whose series can't outgrow a bound, whatever happens to other accounts. */
export class BoundedCounter {
  readonly #options: BoundedCounterOptions;
  readonly #byAccount = new Map<string, AccountCounter>();

  constructor(options: BoundedCounterOptions) {
    const { name, help, labelNames, registry } = options;
    this.#options = options;
    const counter: Counter = new Counter({
      name,
      help,
      labelNames: [...labelNames, 'account'],
      registers: [registry],
      collect: () => {
        for (const each of this.#byAccount.values()) each.handOver(counter);
      },
    });
  }

  /** The counter of an account. Call it once for each. */
  of(account: string): AccountCounter {
    const { labelNames, maxSeries } = this.#options;
    const counter = new AccountCounter(account, labelNames, maxSeries);
    this.#byAccount.set(account, counter);
    return counter;
  }
}

/**
 * Counts for one account. A combination of labels that comes too late counts as `SeriesBound` has it, so that the sums by
 * the first label, whose values must be few by themselves, stay exact. What is counted is added up here and handed over at
 * a scrape: prom-client looks labels up anew for every count. Values are looked up one by one, for one joined of them would
 * have to be hashed each time.
 */
export class AccountCounter {
  readonly #account: string;
  readonly #labelNames: readonly string[];
  readonly #bound: SeriesBound;
  readonly #root: Branch = { branches: new Map() };
  readonly #series: Series[] = [];

  constructor(account: string, labelNames: readonly string[], maxSeries: number) {
    this.#account = account;
    this.#labelNames = labelNames;
    this.#bound = new SeriesBound(maxSeries);
  }

  /** Adds one. @param values one for each label name, in order */
  count(...values: readonly LabelValue[]): void {
    const series = this.#find(values) ?? this.#admit(values);
    series.added += 1;
  }

  handOver(counter: Counter): void {
    for (const series of this.#series) {
      if (series.added > 0) counter.inc(series.labels, series.added);
      series.added = 0;
    }
  }

  #find(values: readonly LabelValue[]): Series | undefined {
    let branch: Branch | undefined = this.#root;
    for (const value of values) branch = branch?.branches.get(value);
    return branch?.series;
  }

  #admit(values: readonly LabelValue[]): Series {
    const admitted = this.#bound.admit(
      Object.fromEntries(this.#labelNames.map((name, index) => [name, values[index] ?? ''])),
    );
    let branch = this.#root;
    for (const value of Object.values(admitted)) {
      const next = branch.branches.get(value) ?? { branches: new Map() };
      branch.branches.set(value, next);
      branch = next;
    }
    branch.series ??= this.#start(admitted);
    return branch.series;
  }

  #start(labels: Series['labels']): Series {
    const series = { labels: { ...labels, account: this.#account }, added: 0 };
    this.#series.push(series);
    return series;
  }
}
