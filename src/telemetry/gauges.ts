import { Counter, Gauge, type Registry } from 'prom-client';

/** What the gateway is asked for at every scrape. */
export interface MetricSources {
  /** Upstream calls that wait for a slot. */
  readonly queueDepth?: () => number;
  /** Upstream calls that hold a slot. */
  readonly callsInFlight?: () => number;
  readonly breakerState?: () => BreakerState;
  /** Whether Redis answers and takes writes. */
  readonly redisUp?: () => boolean;
  /** Lines that could not be written to the log since the start. */
  readonly logLinesLost?: () => number;
}

export type BreakerState = 'closed' | 'open' | 'half-open';

const BREAKER_STATES: readonly BreakerState[] = ['closed', 'open', 'half-open'];

/** Adds a gauge for each source that is given. */
export function addGauges(registry: Registry, sources: MetricSources): void {
  const { queueDepth, callsInFlight, breakerState, redisUp, logLinesLost } = sources;
  if (queueDepth)
    addGauge(registry, 'gateway_upstream_queue_depth', 'Upstream calls that wait for a slot.', queueDepth);
  if (callsInFlight)
    addGauge(registry, 'gateway_upstream_calls_in_flight', 'Upstream calls under way.', callsInFlight);
  if (breakerState) addBreakerGauge(registry, breakerState);
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

function addBreakerGauge(registry: Registry, read: () => BreakerState): void {
  const gauge = new Gauge({
    name: 'gateway_upstream_breaker_state',
    help: '1 for the state that the circuit breaker before the upstream is in, 0 for the others.',
    labelNames: ['state'],
    registers: [registry],
    collect: () => {
      const current = read();
      for (const state of BREAKER_STATES) gauge.set({ state }, state === current ? 1 : 0);
    },
  });
}
