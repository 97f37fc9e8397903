import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openFaultBench } from './fault-bench.ts';
import { measurePeak, quantile, readSteadily, slowService } from './load.ts';

const LATENCY_MS = 50;
const SETTINGS = { UPSTREAM_CONNECTIONS: '4', DEADLINE_MS: '1000', UPSTREAM_TIMEOUT_MS: '1000' };

test('four times the capacity: goodput stays at 85 % of the peak, the rest is refused in time, and writes get through', async () => {
  await using bench = await openFaultBench(() => slowService(LATENCY_MS), SETTINGS);
  await measurePeak(bench, 8, 500);
  const peak = await measurePeak(bench, 8, 1_500);
  const LOAD_MS = 4_000;
  const writes: Awaited<ReturnType<typeof bench.ask>>[] = [];
  let isLoaded = true;
  const writing = (async () => {
    await delay(500);
    while (isLoaded) {
      writes.push(await bench.ask('create'));
      await delay(200);
    }
  })();
  const samples = await readSteadily(bench, peak * 4, LOAD_MS);
  isLoaded = false;
  await writing;
  const good = samples.filter(({ outcome }) => outcome === 'ok');
  const refused = samples.filter(({ outcome }) => outcome !== 'ok');
  const goodput = good.length / ((LOAD_MS + Number(SETTINGS.DEADLINE_MS)) / 1000);
  const steady =
    good.filter(({ startedMs, tookMs }) => startedMs + tookMs < LOAD_MS).length / (LOAD_MS / 1000);
  const tookMs = refused.map((sample) => sample.tookMs);
  console.log({
    peak,
    goodput,
    steady,
    offered: samples.length,
    refused: refused.length,
    p50: quantile(tookMs, 0.5),
    p95: quantile(tookMs, 0.95),
    p99: quantile(tookMs, 0.99),
    codes: [...new Set(refused.map((s) => s.outcome))],
    writes: writes.map((w) => [w.outcome, Math.round(w.tookMs)]).join(' '),
  });
  expect(steady).toBeGreaterThan(peak * 0.85);
  expect(new Set(refused.map(({ outcome }) => outcome))).toEqual(new Set(['OVERLOADED']));
  expect(refused.filter(({ retryAfter }) => retryAfter === null)).toEqual([]);
  expect(quantile(tookMs, 0.5)).toBeLessThan(50);
  expect(writes.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
  expect(
    quantile(
      writes.map((write) => write.tookMs),
      0.9,
    ),
  ).toBeLessThan(500);
  bench.expectDiscretion();
});
