import { expect, test, vi } from 'vitest';
import { combineTelemetry } from '../../src/telemetry/combine.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { oneCollection } from '../support/front-door.ts';
import { startOtlpReceiver } from './otlp-receiver.ts';
import { readSeries } from './series.ts';
import { startTracingBench } from './tracing-bench.ts';
import { startWatchedGateway } from './watched-gateway.ts';

test('metrics and traces watch the same request', async () => {
  const receiver = await startOtlpReceiver();
  const { tracing } = startTracingBench(receiver.url);
  vi.unstubAllEnvs();
  const metrics = createMetrics();
  const telemetry = combineTelemetry(metrics, tracing);
  const { query } = await startWatchedGateway(telemetry, () => oneCollection());
  await query('{ collection(id: "col_1") { name } }');
  await tracing.shutdown();

  expect(receiver.spans.map(({ name }) => name).sort()).toEqual([
    'GET collections.retrieve',
    'POST /graphql',
    'query',
  ]);
  const series = readSeries(await metrics.render());
  expect(series.get('gateway_operations_total{type="query",outcome="ok",account="default"}')).toBe(1);
  expect(series.get('gateway_upstream_attempt_duration_seconds_count{account="default"}')).toBe(1);
});

test('one alone stays as it is', () => {
  const metrics = createMetrics();
  expect(combineTelemetry(metrics)).toBe(metrics);
});
