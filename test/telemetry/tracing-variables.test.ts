import { afterEach, expect, test, vi } from 'vitest';
import { oneCollection } from '../support/front-door.ts';
import { startOtlpReceiver } from './otlp-receiver.ts';
import { startTracingBench } from './tracing-bench.ts';
import { startWatchedGateway } from './watched-gateway.ts';

const READ = '{ collection(id: "col_1") { name } }';
const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT_ID = '00f067aa0ba902b7';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('name and attributes of the service, headers to the collector', async () => {
  const receiver = await startOtlpReceiver();
  const { tracing } = startTracingBench(receiver.url, {
    OTEL_SERVICE_NAME: 'front',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=staging',
    OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=seven',
  });
  const { query } = await startWatchedGateway(tracing, () => oneCollection());
  await query(READ);
  await tracing.shutdown();

  const expected = { 'service.name': 'front', 'deployment.environment.name': 'staging' };
  expect(receiver.resource).toMatchObject(expected);
  expect(receiver.headers[0]).toMatchObject({ 'x-tenant': 'seven' });
});

test('the service has a name when none is given', async () => {
  const receiver = await startOtlpReceiver();
  const { tracing } = startTracingBench(receiver.url);
  const { query } = await startWatchedGateway(tracing, () => oneCollection());
  await query(READ);
  await tracing.shutdown();
  expect(receiver.resource).toMatchObject({ 'service.name': 'scenario-collections-gateway' });
});

test.each([
  { sampler: 'always_off', ratio: '1', sampled: false, caller: '01' },
  { sampler: 'always_on', ratio: '1', sampled: true, caller: '00' },
  { sampler: 'traceidratio', ratio: '0', sampled: false, caller: '01' },
  { sampler: 'parentbased_always_off', ratio: '1', sampled: true, caller: '01' },
  { sampler: 'parentbased_traceidratio', ratio: '1', sampled: false, caller: '00' },
  { sampler: 'parentbased_always_on', ratio: '1', sampled: false, caller: '00' },
  { sampler: 'of_my_own', ratio: '1', sampled: true, caller: '01' },
])('sampler $sampler with ratio $ratio, caller $caller', async ({ sampler, ratio, sampled, caller }) => {
  const receiver = await startOtlpReceiver();
  const env = { OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: ratio };
  const { tracing, logLines } = startTracingBench(receiver.url, env);
  const { query } = await startWatchedGateway(tracing, () => oneCollection());
  await query(READ, {}, { headers: { traceparent: `00-${TRACE_ID}-${PARENT_ID}-${caller}` } });
  await tracing.shutdown();
  expect(receiver.spans.length).toBe(sampled ? 3 : 0);
  expect(logLines.length).toBe(sampler === 'of_my_own' ? 1 : 0);
});

test('a protocol that is not spoken is named', () => {
  const env = { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' };
  const { logLines } = startTracingBench('http://127.0.0.1:9', env);
  expect(logLines.join('')).toContain('OTEL_EXPORTER_OTLP_PROTOCOL is ignored');
});
