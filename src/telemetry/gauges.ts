import { Counter, Gauge, type Registry } from 'prom-client';
import type { CallsLeft, PacedCalls } from '../http/pacing/pacing.ts';
import type { AccountName } from '../shared/brands.ts';

/** What an upstream account is asked for at every scrape. */
export interface AccountGauges {
  readonly account: AccountName;
  /** Upstream calls that wait for a slot. */
  readonly queueDepth: () => number;
  /** Upstream calls that hold a slot. */
  readonly callsInFlight: () => number;
  readonly breakerState: () => BreakerState;
  /** Of the quota; absent where it is not known. */
  readonly callsLeft?: () => CallsLeft;
  readonly pacedCalls?: Readonly<PacedCalls>;
}

/** What the gateway is asked for at every scrape. */
export interface MetricSources {
  readonly accounts?: readonly AccountGauges[];
  /** Whether Redis answers and takes writes. */
  readonly redisUp?: () => boolean;
  /** Lines that could not be written to the log since the start. */
  readonly logLinesLost?: () => number;
}

export type BreakerState = 'closed' | 'open' | 'half-open';

const BREAKER_STATES: readonly BreakerState[] = ['closed', 'open', 'half-open'];

/** Adds gauges for the sources that are given. */
export function addGauges(registry: Registry, { accounts = [], redisUp, logLinesLost }: MetricSources): void {
  if (accounts.length > 0) addAccountGauges(registry, accounts);
  if (accounts.some(({ callsLeft }) => callsLeft)) addPacingMetrics(registry, accounts);
  if (redisUp)
    addGauge(registry, 'gateway_redis_up', '1 while Redis answers and takes writes, 0 otherwise.', () =>
      Number(redisUp()),
    );
  // Kept by whoever writes the log; no less a counter for that.
  if (logLinesLost)
    addReading(
      registry,
      Counter,
      { name: 'gateway_log_lines_lost_total', help: 'Lines that could not be written to the log.' },
      () => [[{}, logLinesLost()]],
    );
}

/** Adds a gauge that is read at every scrape. */
export function addGauge(registry: Registry, name: string, help: string, read: () => number): void {
  addReading(registry, Gauge, { name, help }, () => [[{}, read()]]);
}

type Readings = ReadonlyArray<readonly [labels: Record<string, string>, value: number]>;

/** Adds a metric whose values somebody else keeps; they are read at every scrape. */
function addReading(
  registry: Registry,
  Metric: typeof Gauge | typeof Counter,
  options: { readonly name: string; readonly help: string; readonly labelNames?: string[] },
  read: () => Readings,
): void {
  const metric: Gauge | Counter = new Metric({
    ...options,
    registers: [registry],
    collect: () => {
      metric.reset();
      for (const [labels, value] of read()) metric.inc(labels, value);
    },
  });
}

function addAccountGauges(registry: Registry, accounts: readonly AccountGauges[]): void {
  const add = (name: string, help: string, read: (gauges: AccountGauges) => number): void =>
    addReading(registry, Gauge, { name, help, labelNames: ['account'] }, () =>
      accounts.map((gauges) => [{ account: gauges.account }, read(gauges)]),
    );
  add('gateway_upstream_queue_depth', 'Upstream calls that wait for a slot.', (gauges) =>
    gauges.queueDepth(),
  );
  add('gateway_upstream_calls_in_flight', 'Upstream calls under way.', (gauges) => gauges.callsInFlight());
  const breaker = {
    name: 'gateway_upstream_breaker_state',
    help: '1 for the state that the circuit breaker before the upstream is in, 0 for the others.',
    labelNames: ['state', 'account'],
  };
  addReading(registry, Gauge, breaker, () =>
    accounts.flatMap(({ account, breakerState }) => {
      const current = breakerState();
      return BREAKER_STATES.map((state) => [{ state, account }, state === current ? 1 : 0] as const);
    }),
  );
}

function addPacingMetrics(registry: Registry, accounts: readonly AccountGauges[]): void {
  const left = {
    name: 'gateway_upstream_calls_left',
    help: 'Calls of the quota that may start now.',
    labelNames: ['class', 'account'],
  };
  addReading(registry, Gauge, left, () =>
    accounts.flatMap(({ account, callsLeft }) =>
      Object.entries(callsLeft?.() ?? {}).map(([name, count]) => [{ class: name, account }, count] as const),
    ),
  );
  const paced = {
    name: 'gateway_upstream_calls_paced_total',
    help: 'Calls for which the quota had no room: they waited, or were refused.',
    labelNames: ['outcome', 'account'],
  };
  addReading(registry, Counter, paced, () =>
    accounts.flatMap(({ account, pacedCalls }) =>
      Object.entries(pacedCalls ?? {}).map(([outcome, count]) => [{ outcome, account }, count] as const),
    ),
  );
}
