import { afterEach, expect, test, vi } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { oneCollection } from '../support/front-door.ts';
import { startOtlpReceiver } from './otlp-receiver.ts';
import { startTracingBench } from './tracing-bench.ts';
import { startWatchedGateway } from './watched-gateway.ts';

const READ = '{ collection(id: "col_1") { name } }';
afterEach(() => {
  vi.unstubAllEnvs();
});

const often = { OTEL_BSP_SCHEDULE_DELAY: '5' };

test('requests are answered while the collector fails, and the log tells once', async () => {
  const receiver = await startOtlpReceiver();
  receiver.status = 400;
  const { tracing, logLines } = startTracingBench(receiver.url, often);
  const { query } = await startWatchedGateway(tracing, () => oneCollection());
  for (let round = 1; round <= 3; round += 1) {
    expect((await query(READ)).status).toBe(200);
    await eventually('spans were sent', () => receiver.headers.length >= round);
  }
  await eventually('the log tells', () => logLines.length > 0);
  expect(logLines.length).toBe(1);
  expect(JSON.parse(logLines[0] ?? '')).toMatchObject({
    status: 400,
    msg: 'traces do not reach the collector',
  });

  receiver.status = 200;
  await query(READ);
  await eventually('the log tells', () => logLines.length > 1);
  expect(logLines.length).toBe(2);
  expect(logLines[1]).toContain('traces reach the collector again');
  await tracing.shutdown();
});

test('requests are answered while no collector listens', async () => {
  const { tracing, logLines } = startTracingBench('http://127.0.0.1:9', {
    OTEL_EXPORTER_OTLP_TIMEOUT: '100',
  });
  const { query } = await startWatchedGateway(tracing, () => oneCollection());
  const { body } = await query(READ);
  expect(body).toEqual({ data: { collection: { name: 'Forest props' } } });
  await tracing.shutdown();
  expect(logLines.length).toBe(1);
  expect(logLines[0]).toContain('ECONNREFUSED');
  expect(logLines[0]).not.toContain('127.0.0.1');
});

test('the end does not wait for a collector that never answers', async () => {
  const receiver = await startOtlpReceiver();
  receiver.status = 'no answer';
  const { tracing } = startTracingBench(receiver.url);
  const { query } = await startWatchedGateway(tracing, () => oneCollection());
  await query(READ);
  const startedAt = performance.now();
  await tracing.shutdown();
  expect(performance.now() - startedAt).toBeLessThan(2_500);
});
