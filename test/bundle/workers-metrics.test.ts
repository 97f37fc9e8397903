import { describe, expect, it } from 'vitest';
import { everyCollection } from '../support/front-door.ts';
import { checkMetrics } from '../telemetry/promtool.ts';
import { readSeries } from '../telemetry/series.ts';
import { freePort } from './free-port.ts';
import { connectToEach, startWorkers } from './worker-connections.ts';

const READ = 'query ($id: ID!) { collection(id: $id) { name } }';
const QUERIES = 'gateway_operations_total{type="query",outcome="ok"}';
const DURATIONS = 'gateway_operation_duration_seconds_count{type="query"}';
const READS = 'gateway_upstream_attempts_total{endpoint="collections.retrieve",status="2xx",attempt="1"}';

async function startWatched(env: Record<string, string> = {}) {
  const adminPort = await freePort();
  const started = await startWorkers(everyCollection, { ...env, ADMIN_PORT: String(adminPort) });
  const scrape = async () => (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
  return { ...started, scrape };
}

describe('the metrics of two workers', () => {
  it('are one clean page with what both have counted', async ({ annotate }) => {
    const { workers, scrape } = await startWatched();
    const before = readSeries(await scrape());
    for (const { send } of workers) {
      for (let turn = 0; turn < 5; turn += 1) await send(READ, { id: `col_${turn}` });
    }
    const page = await scrape();
    const series = readSeries(page);
    expect(series.get(READS)).toBe(10);
    expect(series.get(QUERIES)).toBe((before.get(QUERIES) ?? 0) + 10);
    expect(series.get(DURATIONS)).toBe(series.get(QUERIES));
    expect(series.get('gateway_upstream_calls_in_flight')).toBe(0);
    expect(series.get('gateway_upstream_breaker_state{state="closed"}')).toBe(1);
    expect(series.get('gateway_workers')).toBe(2);
    expect(series.size).toBeLessThan(200);
    const said = await checkMetrics(page);
    if (said === null) await annotate('promtool is not installed');
    expect(said ?? '').toBe('');
  });

  it('do not fall when one of them is killed', async () => {
    const { gateway, workers, scrape } = await startWatched();
    for (const { send } of workers) await send(READ, { id: 'col_1' });
    const before = readSeries(await scrape());
    process.kill(workers[0].pid, 'SIGKILL');
    const restarts = async () => readSeries(await scrape()).get('gateway_worker_restarts_total');
    await expect.poll(restarts, { timeout: 20_000 }).toBe(1);
    await expect.poll(async () => (await connectToEach(gateway, 2)).length, { timeout: 20_000 }).toBe(2);
    const after = readSeries(await scrape());
    const counted = [...before].filter(([name]) => /_(total|count|sum|bucket)(\{|$)/.test(name));
    expect(counted.filter(([name, value]) => (after.get(name) ?? 0) < value)).toEqual([]);
    expect(after.get(READS)).toBe(2);
    expect(after.get('gateway_workers')).toBe(2);
  });

  it('can be read while the workers are asked to stop', async () => {
    const { gateway, workers, scrape } = await startWatched({ DRAIN_DELAY_MS: '3000' });
    gateway.signal('SIGTERM');
    await expect.poll(async () => (await workers[0].get('/readyz')).status).toBe(503);
    expect(readSeries(await scrape()).size).toBeGreaterThan(20);
    expect((await gateway.ending).code).toBe(0);
  });
});
