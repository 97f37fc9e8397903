import { Registry } from 'prom-client';
import type { Telemetry } from '../server/request/telemetry.ts';
import { addGauge, addGauges, type MetricSources } from './gauges.ts';
import { createInstruments } from './instruments.ts';
import { MeteredOperation } from './metered-operation.ts';
import { watchProcess } from './process-metrics.ts';

/** The gateway's metrics for Prometheus: less than 200 series for each account, whatever clients send. */
export interface Metrics extends Telemetry {
  /** Adds gauges that read these sources at every scrape. Call it once. */
  watch(sources: MetricSources): void;
  /** The text that Prometheus scrapes. */
  render(): Promise<string>;
}

/** Starts to count, in a registry of its own. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const instrumentsOf = createInstruments(registry);
  let inFlight = 0;
  const onEnd = (): void => {
    inFlight -= 1;
  };
  addGauge(registry, 'gateway_operations_in_flight', 'Requests for GraphQL under way.', () => inFlight);
  watchProcess(registry);
  return {
    operationStarted: () => {
      inFlight += 1;
      return new MeteredOperation(instrumentsOf, onEnd);
    },
    watch: (sources) => addGauges(registry, sources),
    render: () => registry.metrics(),
  };
}
