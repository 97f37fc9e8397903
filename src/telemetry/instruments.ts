import { Counter, type Registry } from 'prom-client';
import { type AccountCounter, BoundedCounter } from './bounded-counter.ts';
import { DurationHistogram, type DurationSeries } from './duration-histogram.ts';

/** What the metrics of one account's requests are counted with. Durations are in seconds. */
export interface Instruments {
  readonly operations: AccountCounter;
  readonly queryDuration: DurationSeries;
  readonly mutationDuration: DurationSeries;
  readonly attempts: AccountCounter;
  readonly attemptDuration: DurationSeries;
  readonly sharedReads: Counter.Internal;
  readonly cachedReads: Counter.Internal;
  readonly staleReads: Counter.Internal;
  countRetry(endpoint: string): void;
  countLimit(code: string): void;
}

/** Gives the instruments of an account, by its name; those of nobody's, whose caller is not known, by an empty one. */
export type InstrumentsOf = (account: string) => Instruments;

// Together with the gauges and the process's own metrics this is less than 200 series for an account.
const MAX_OPERATION_SERIES = 40;
const MAX_ATTEMPT_SERIES = 72;
const OPERATION_BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const ATTEMPT_BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Registers the metrics of operations and of upstream calls, all with the label `account`. */
export function createInstruments(registry: Registry): InstrumentsOf {
  const known = new Map<string, Instruments>();
  const operationsOf = operationInstruments(registry);
  const callsOf = callInstruments(registry);
  const readsOf = readInstruments(registry);
  return (account) => {
    const instruments = known.get(account) ?? {
      ...operationsOf(account),
      ...callsOf(account),
      ...readsOf(account),
    };
    known.set(account, instruments);
    return instruments;
  };
}

function operationInstruments(registry: Registry) {
  const operations = new BoundedCounter({
    name: 'gateway_operations_total',
    help: 'Requests for GraphQL by type of operation (none: refused before it was one) and outcome: ok, client_disconnected, or the first error code.',
    labelNames: ['type', 'outcome'],
    maxSeries: MAX_OPERATION_SERIES,
    registry,
  });
  const duration = new DurationHistogram({
    name: 'gateway_operation_duration_seconds',
    help: 'Time from the arrival of an operation to its answer.',
    buckets: OPERATION_BUCKETS,
    registry,
  });
  const help = 'Operations that ran into a limit, by error code.';
  const limitsHit = counter(registry, 'gateway_limits_hit_total', help, 'code');
  return (account: string) => ({
    operations: operations.of(account),
    queryDuration: duration.of({ type: 'query', account }),
    mutationDuration: duration.of({ type: 'mutation', account }),
    countLimit: (code: string) => limitsHit.inc({ code, account }),
  });
}

function callInstruments(registry: Registry) {
  const attempts = new BoundedCounter({
    name: 'gateway_upstream_attempts_total',
    help: 'Attempts to call the upstream, by endpoint, by class of status or kind of failure, and by their number within the call.',
    labelNames: ['endpoint', 'status', 'attempt'],
    maxSeries: MAX_ATTEMPT_SERIES,
    registry,
  });
  const duration = new DurationHistogram({
    name: 'gateway_upstream_attempt_duration_seconds',
    help: 'Time that an attempt to call the upstream took.',
    buckets: ATTEMPT_BUCKETS,
    registry,
  });
  const help = 'Attempts that repeat an upstream call, by endpoint.';
  const retries = counter(registry, 'gateway_upstream_retries_total', help, 'endpoint');
  return (account: string) => ({
    attempts: attempts.of(account),
    attemptDuration: duration.of({ account }),
    countRetry: (endpoint: string) => retries.inc({ endpoint, account }),
  });
}

function readInstruments(registry: Registry) {
  const shared = counter(
    registry,
    'gateway_shared_reads_total',
    'Reads that shared a call already in flight.',
  );
  const cached = counter(
    registry,
    'gateway_cached_reads_total',
    'Reads answered from memory, or from what another replica has read.',
  );
  const stale = counter(
    registry,
    'gateway_stale_reads_total',
    'Reads answered from a stale copy, because the upstream was down.',
  );
  return (account: string) => ({
    sharedReads: startAtZero(shared, account),
    cachedReads: startAtZero(cached, account),
    staleReads: startAtZero(stale, account),
  });
}

/** A counter for each account. @param labels beside the account */
function counter(registry: Registry, name: string, help: string, ...labels: string[]): Counter {
  return new Counter({ name, help, labelNames: [...labels, 'account'], registers: [registry] });
}

// A rate is known from the first that is counted only where there was a zero before. Nobody reads nothing.
function startAtZero(ofAll: Counter, account: string): Counter.Internal {
  const own = ofAll.labels(account);
  if (account !== '') own.inc(0);
  return own;
}
