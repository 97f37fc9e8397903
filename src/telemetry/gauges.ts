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
export function addGauges(registry: Registry, sources: MetricSources): void {
  const { accounts, redisUp, logLinesLost } = sources;
  if (accounts) addAccountGauges(registry, accounts);
  if (accounts) addPacingMetrics(registry, accounts);
  if (redisUp)
    addGauge(registry, 'gateway_redis_up', '1 while Redis answers and takes writes, 0 otherwise.', () =>
      Number(redisUp()),
    );
  if (logLinesLost) addLostLines(registry, logLinesLost);
}

/** Adds a gauge that is read at every scrape. */
export function addGauge(registry: Registry, name: string, help: string, read: () => number): void {
  const gauge: Gauge = new Gauge({
    name,
    help,
    registers: [registry],
    collect: () => gauge.set(read()),
  });
}

function addAccountGauges(registry: Registry, accounts: readonly AccountGauges[]): void {
  const add = (name: string, help: string, read: (gauges: AccountGauges) => number): void => {
    const gauge = new Gauge({
      name,
      help,
      labelNames: ['account'],
      registers: [registry],
      collect: () => {
        for (const gauges of accounts) gauge.set({ account: gauges.account }, read(gauges));
      },
    });
  };
  add('gateway_upstream_queue_depth', 'Upstream calls that wait for a slot.', (gauges) =>
    gauges.queueDepth(),
  );
  add('gateway_upstream_calls_in_flight', 'Upstream calls under way.', (gauges) => gauges.callsInFlight());
  addBreakerGauge(registry, accounts);
}

// Kept by whoever writes the log; no less a counter for that.
function addLostLines(registry: Registry, read: () => number): void {
  const counter: Counter = new Counter({
    name: 'gateway_log_lines_lost_total',
    help: 'Lines that could not be written to the log.',
    registers: [registry],
    collect: () => {
      counter.reset();
      counter.inc(read());
    },
  });
}

function addBreakerGauge(registry: Registry, accounts: readonly AccountGauges[]): void {
  const gauge = new Gauge({
    name: 'gateway_upstream_breaker_state',
    help: '1 for the state that the circuit breaker before the upstream is in, 0 for the others.',
    labelNames: ['state', 'account'],
    registers: [registry],
    collect: () => {
      for (const { account, breakerState } of accounts) {
        const current = breakerState();
        for (const state of BREAKER_STATES) gauge.set({ state, account }, state === current ? 1 : 0);
      }
    },
  });
}

function addPacingMetrics(registry: Registry, accounts: readonly AccountGauges[]): void {
  if (!accounts.some(({ callsLeft }) => callsLeft)) return;
  const left = new Gauge({
    name: 'gateway_upstream_calls_left',
    help: 'Calls of the quota that may start now.',
    labelNames: ['class', 'account'],
    registers: [registry],
    collect: () => {
      for (const { account, callsLeft } of accounts)
        for (const [name, count] of Object.entries(callsLeft?.() ?? {}))
          left.set({ class: name, account }, count);
    },
  });
  const paced: Counter = new Counter({
    name: 'gateway_upstream_calls_paced_total',
    help: 'Calls for which the quota had no room: they waited, or were refused.',
    labelNames: ['outcome', 'account'],
    registers: [registry],
    collect: () => {
      paced.reset();
      for (const { account, pacedCalls } of accounts)
        for (const [outcome, count] of Object.entries(pacedCalls ?? {}))
          paced.inc({ outcome, account }, count);
    },
  });
}
