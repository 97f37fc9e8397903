import { Counter, Histogram, type Registry } from 'prom-client';
import { BoundedCounter } from './bounded-counter.ts';

/** What the metrics of requests are counted with. Durations are in seconds. */
export interface Instruments {
  readonly operations: BoundedCounter;
  readonly queryDuration: Histogram.Internal<'type'>;
  readonly mutationDuration: Histogram.Internal<'type'>;
  readonly attempts: BoundedCounter;
  readonly attemptDuration: Histogram;
  readonly retries: Counter<'endpoint'>;
  readonly sharedReads: Counter;
  readonly cachedReads: Counter;
  readonly staleReads: Counter;
  readonly limitsHit: Counter<'code'>;
}

// Together with the gauges and the process's own metrics this is less than 200 series.
const MAX_OPERATION_SERIES = 40;
const MAX_ATTEMPT_SERIES = 72;
const OPERATION_BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const ATTEMPT_BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Registers the metrics of operations and of upstream calls. */
export function createInstruments(registry: Registry): Instruments {
  return { ...operationInstruments(registry), ...upstreamInstruments(registry) };
}

function operationInstruments(registry: Registry) {
  const duration = new Histogram({
    name: 'gateway_operation_duration_seconds',
    help: 'Time from the arrival of an operation to its answer.',
    labelNames: ['type'],
    buckets: OPERATION_BUCKETS,
    registers: [registry],
  });
  return {
    operations: new BoundedCounter({
      name: 'gateway_operations_total',
      help: 'Requests for GraphQL by type of operation (none: refused before it was one) and outcome: ok, left, or the first error code.',
      labelNames: ['type', 'outcome'],
      maxSeries: MAX_OPERATION_SERIES,
      registry,
    }),
    queryDuration: duration.labels('query'),
    mutationDuration: duration.labels('mutation'),
    limitsHit: new Counter({
      name: 'gateway_limits_hit_total',
      help: 'Operations that ran into a limit, by error code.',
      labelNames: ['code'],
      registers: [registry],
    }),
  };
}

function upstreamInstruments(registry: Registry) {
  return {
    attempts: new BoundedCounter({
      name: 'gateway_upstream_attempts_total',
      help: 'Attempts to call the upstream, by endpoint, by class of status or kind of failure, and by their number within the call.',
      labelNames: ['endpoint', 'status', 'attempt'],
      maxSeries: MAX_ATTEMPT_SERIES,
      registry,
    }),
    attemptDuration: new Histogram({
      name: 'gateway_upstream_attempt_duration_seconds',
      help: 'Time that an attempt to call the upstream took.',
      buckets: ATTEMPT_BUCKETS,
      registers: [registry],
    }),
    retries: new Counter({
      name: 'gateway_upstream_retries_total',
      help: 'Attempts that repeat an upstream call, by endpoint.',
      labelNames: ['endpoint'],
      registers: [registry],
    }),
    sharedReads: new Counter({
      name: 'gateway_shared_reads_total',
      help: 'Reads that joined one already under way.',
      registers: [registry],
    }),
    cachedReads: new Counter({
      name: 'gateway_cached_reads_total',
      help: 'Reads answered from memory, or from what another replica has read.',
      registers: [registry],
    }),
    staleReads: new Counter({
      name: 'gateway_stale_reads_total',
      help: 'Reads answered from an old copy, because the upstream was down.',
      registers: [registry],
    }),
  };
}
