import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DEFAULT_ACCOUNT } from '../../src/shared/brands.ts';
import { createMetrics, type Metrics } from '../../src/telemetry/metrics.ts';
import { inTurn, oneCollection } from '../support/front-door.ts';
import { hang, json, reset } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';
import { checkMetrics } from './promtool.ts';
import { readSeries } from './series.ts';
import { startWatchedGateway } from './watched-gateway.ts';

const READ = '{ collection(id: "col_1") { name } }';
const DELETE = 'mutation { deleteCollection(input: { id: "col_1" }) { __typename } }';
const unavailable = json({}, 503);

const page = (token: string | null) =>
  json({ collections: [wireCollection({ id: `col_${token}` })], nextPaginationToken: token });

async function scrape(metrics: Metrics) {
  return readSeries(await metrics.render());
}

describe('what happened can be counted', () => {
  test('operations by type and outcome, and how long they took', async () => {
    const metrics = createMetrics();
    const { query } = await startWatchedGateway(metrics, () => oneCollection());
    await query(READ);
    await query(READ);
    await query(DELETE);
    await query('{ nonsense }');

    const series = await scrape(metrics);
    expect(series.get('gateway_operations_total{type="query",outcome="ok",account="default"}')).toBe(2);
    expect(series.get('gateway_operations_total{type="mutation",outcome="ok",account="default"}')).toBe(1);
    expect(
      series.get(
        'gateway_operations_total{type="none",outcome="GRAPHQL_VALIDATION_FAILED",account="default"}',
      ),
    ).toBe(1);
    expect(series.get('gateway_operation_duration_seconds_count{type="query",account="default"}')).toBe(2);
    expect(series.get('gateway_operation_duration_seconds_count{type="mutation",account="default"}')).toBe(1);
    expect(series.get('gateway_operations_in_flight')).toBe(0);
  });

  test('upstream attempts by endpoint, status and number, and the retries among them', async () => {
    const metrics = createMetrics();
    const answer = inTurn(unavailable, reset, oneCollection());
    const { query } = await startWatchedGateway(metrics, answer);
    await query(READ);

    const series = await scrape(metrics);
    const attempts = (labels: string) =>
      series.get(`gateway_upstream_attempts_total{${labels},account="default"}`);
    expect(attempts('endpoint="collections.retrieve",status="5xx",attempt="1"')).toBe(1);
    expect(attempts('endpoint="collections.retrieve",status="connection-lost",attempt="2"')).toBe(1);
    expect(attempts('endpoint="collections.retrieve",status="2xx",attempt="3"')).toBe(1);
    expect(
      series.get('gateway_upstream_retries_total{endpoint="collections.retrieve",account="default"}'),
    ).toBe(2);
    expect(series.get('gateway_upstream_attempt_duration_seconds_count{account="default"}')).toBe(3);
  });

  test('each call of an operation starts with attempt 1', async () => {
    const metrics = createMetrics();
    const { query } = await startWatchedGateway(metrics, inTurn(page('a'), page('b'), page(null)));
    await query('{ collections(first: 300) { nodes { id } } }');

    const series = await scrape(metrics);
    const first =
      'gateway_upstream_attempts_total{endpoint="collections.list",status="2xx",attempt="1",account="default"}';
    expect(series.get(first)).toBe(3);
  });

  test('reads that joined another', async () => {
    const metrics = createMetrics();
    const { query } = await startWatchedGateway(metrics, async () => {
      await delay(100);
      return oneCollection();
    });
    await Promise.all([query(READ), query(READ), query(READ)]);

    const series = await scrape(metrics);
    expect(series.get('gateway_shared_reads_total{account="default"}')).toBe(2);
    expect(series.get('gateway_upstream_attempt_duration_seconds_count{account="default"}')).toBe(1);
    expect(series.get('gateway_cached_reads_total{account="default"}')).toBe(0);
  });

  test('reads answered from old copies', async () => {
    const metrics = createMetrics();
    const { query, upstream } = await startWatchedGateway(metrics, () => oneCollection(), {
      STALE_IF_ERROR_MS: '60000',
    });
    await query(READ);
    await upstream.close();
    await Promise.all([query(READ), query(READ)]);
    expect((await scrape(metrics)).get('gateway_stale_reads_total{account="default"}')).toBe(2);
  });

  test('limits that were hit, once for each operation', async () => {
    const metrics = createMetrics();
    const env = { RATE_LIMIT_PER_MINUTE: '1' };
    const { query } = await startWatchedGateway(metrics, () => oneCollection(), env);
    await query(READ);
    await query('{ a: collection(id: "col_1") { name } b: collection(id: "col_2") { name } }');

    const series = await scrape(metrics);
    expect(series.get('gateway_limits_hit_total{code="RATE_LIMITED",account="default"}')).toBe(1);
  });

  test('a caller who left is no error', async () => {
    const metrics = createMetrics();
    const { query } = await startWatchedGateway(metrics, () => hang);
    await expect(query(READ, {}, { signal: AbortSignal.timeout(100) })).rejects.toThrow('timeout');
    await expect
      .poll(async () =>
        (await scrape(metrics)).get(
          'gateway_operations_total{type="query",outcome="client_disconnected",account="default"}',
        ),
      )
      .toBe(1);
  });

  test('what the gateway is asked for at every scrape', async () => {
    const metrics = createMetrics();
    metrics.watch({
      accounts: [
        {
          account: DEFAULT_ACCOUNT,
          queueDepth: () => 7,
          callsInFlight: () => 64,
          breakerState: () => 'half-open',
          callsLeft: () => ({ read: 12, write: 32 }),
          pacedCalls: { waited: 4, refused: 9 },
        },
      ],
      redisUp: () => true,
      logLinesLost: () => 3,
    });

    const series = await scrape(metrics);
    expect(series.get('gateway_redis_up')).toBe(1);
    expect(series.get('gateway_log_lines_lost_total')).toBe(3);
    expect((await scrape(metrics)).get('gateway_log_lines_lost_total')).toBe(3);
    expect(series.get('gateway_upstream_queue_depth{account="default"}')).toBe(7);
    expect(series.get('gateway_upstream_calls_in_flight{account="default"}')).toBe(64);
    expect(series.get('gateway_upstream_breaker_state{state="half-open",account="default"}')).toBe(1);
    expect(series.get('gateway_upstream_breaker_state{state="closed",account="default"}')).toBe(0);
    expect(series.get('gateway_upstream_calls_left{class="write",account="default"}')).toBe(32);
    const refused = 'gateway_upstream_calls_paced_total{outcome="refused",account="default"}';
    expect([series.get(refused), (await scrape(metrics)).get(refused)]).toEqual([9, 9]);
  });

  test('the process and its event loop', async () => {
    const series = await scrape(createMetrics());
    expect(series.get('process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
    expect([...series.keys()]).toEqual(
      expect.arrayContaining([
        'process_cpu_seconds_total',
        'process_start_time_seconds',
        'nodejs_heap_size_used_bytes',
        'nodejs_eventloop_lag_p99_seconds',
      ]),
    );
  });
});

test('promtool finds nothing to complain about', async () => {
  const metrics = createMetrics();
  metrics.watch({
    accounts: [
      {
        account: DEFAULT_ACCOUNT,
        queueDepth: () => 0,
        callsInFlight: () => 0,
        breakerState: () => 'closed',
      },
    ],
    redisUp: () => true,
  });
  const { query } = await startWatchedGateway(metrics, inTurn(unavailable, oneCollection()));
  await query(READ);
  await query('{ nonsense }');
  const words = await checkMetrics(await metrics.render());
  if (words === null) {
    const missing = 'promtool is not installed: apt-get install prometheus';
    if (process.env['CI'] === 'true') throw new Error(missing);
    onTestFinished(() => void process.stderr.write(`\n!!! NOT TESTED: ${missing}\n\n`));
    return;
  }
  expect(words).toBe('');
});
