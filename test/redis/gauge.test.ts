import { expect } from 'vitest';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { oneCollection } from '../support/front-door.ts';
import { startRedis } from '../support/redis-server.ts';
import { redisTest as test } from '../support/redis-test.ts';
import { readSeries } from '../telemetry/series.ts';
import { startWatchedGateway } from '../telemetry/watched-gateway.ts';

test('a gauge tells whether Redis is connected', async () => {
  await using redis = await startRedis();
  const metrics = createMetrics();
  const { gauges } = await startWatchedGateway(metrics, () => oneCollection(), { REDIS_URL: redis.url });
  metrics.watch(gauges);
  const isUp = async () => readSeries(await metrics.render()).get('gateway_redis_up');
  expect(await isUp()).toBe(1);
  await redis.kill();
  await expect.poll(isUp).toBe(0);
  await redis.restart();
  await expect.poll(isUp, { timeout: 5_000 }).toBe(1);
});

test('there is no such gauge without Redis', async () => {
  const metrics = createMetrics();
  const { gauges } = await startWatchedGateway(metrics, () => oneCollection());
  metrics.watch(gauges);
  expect(await metrics.render()).not.toContain('gateway_redis_up');
});
