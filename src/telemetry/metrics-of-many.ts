import { AggregatorRegistry } from 'prom-client';
import { SERIES_BOUNDS } from './instruments.ts';
import { type MetricSnapshot, metricSnapshot, type SnapshotMetric } from './metric-snapshot.ts';
import { SeriesBound } from './series-bound.ts';

// What is not named here is added up.
const AGGREGATORS: ReadonlyMap<string, 'max' | 'min' | 'first'> = new Map([
  // 1 for each state that any breaker is in.
  ['gateway_upstream_breaker_state', 'max'],
  // Each process has its own event loop: the worst counts, as for a replica among others.
  ['nodejs_eventloop_lag_seconds', 'max'],
  ['nodejs_eventloop_lag_mean_seconds', 'max'],
  ['nodejs_eventloop_lag_max_seconds', 'max'],
  ['nodejs_eventloop_lag_p99_seconds', 'max'],
  // Files run out for each process by itself: the one that has most, and what it may have.
  ['process_open_fds', 'max'],
  ['process_max_fds', 'min'],
  ['process_start_time_seconds', 'min'],
  ['nodejs_version_info', 'first'],
]);

/** The metrics of several processes as those of one: as many series, and sums that never fall. */
export class MetricsOfMany {
  readonly #bounds = new Map(
    [...SERIES_BOUNDS].map(([name, maxSeries]) => [name, new SeriesBound(maxSeries)] as const),
  );
  // A process that has ended still counts; or the sum would fall, which Prometheus takes for a start from zero.
  #past: MetricSnapshot = [];

  /** The text that Prometheus scrapes. @param snapshots of the processes that live */
  render(snapshots: readonly MetricSnapshot[]): Promise<string> {
    return this.#aggregate([...snapshots, this.#past]).metrics();
  }

  /** Keeps what a process has counted until its end. */
  retire(last: MetricSnapshot): void {
    const counted = last.filter(({ type }) => type !== 'gauge');
    this.#past = metricSnapshot.parse(this.#aggregate([this.#past, counted]).getMetricsAsArray());
  }

  #aggregate(snapshots: readonly MetricSnapshot[]) {
    return AggregatorRegistry.aggregate(snapshots.map((snapshot) => this.#prepare(snapshot)));
  }

  #prepare(snapshot: MetricSnapshot) {
    return snapshot.map((metric) => ({
      ...metric,
      aggregator: AGGREGATORS.get(metric.name) ?? 'sum',
      values: this.#bounded(metric).filter(({ value }) => value !== null),
    }));
  }

  // Each process bounds its own series, but together they may have come to know more of them.
  #bounded({ name, values }: SnapshotMetric): SnapshotMetric['values'] {
    const bound = this.#bounds.get(name);
    return bound ? values.map((value) => ({ ...value, labels: bound.admit(value.labels) })) : values;
  }
}
