import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openFaultBench, type Told } from './fault-bench.ts';
import { measurePeak, quantiles, readSteadily, slowService } from './load.ts';

const LATENCY_MS = 50;
const LOAD_MS = 4_000;
const SETTINGS = { UPSTREAM_CONNECTIONS: '4', DEADLINE_MS: '1000', UPSTREAM_TIMEOUT_MS: '1000' };

test('four times the capacity: goodput stays at 85 % of the peak, the rest is refused in time, and writes get through', async ({
  annotate,
}) => {
  await using bench = await openFaultBench(() => slowService(LATENCY_MS), SETTINGS);
  await measurePeak(bench, 8, 500);
  const peak = await measurePeak(bench, 8, 1_500);
  const writes: Told[] = [];
  const load = new AbortController();
  const writing = (async () => {
    await delay(500);
    while (!load.signal.aborted) {
      writes.push(await bench.ask('create'));
      await delay(200);
    }
  })();
  const samples = await readSteadily(bench, peak * 4, LOAD_MS);
  load.abort();
  await writing;
  const refused = samples.filter(({ outcome }) => outcome !== 'ok');
  const good = samples.filter(
    ({ outcome, startedMs, tookMs }) => outcome === 'ok' && startedMs + tookMs < LOAD_MS,
  );
  const figures = {
    offered: (samples.length * 1000) / LOAD_MS,
    peak,
    goodput: (good.length * 1000) / LOAD_MS,
    refusedMs: quantiles(refused.map(({ tookMs }) => tookMs)),
    writeMs: quantiles(writes.map(({ tookMs }) => tookMs)),
  };
  await annotate(JSON.stringify(figures));
  expect(figures.goodput).toBeGreaterThan(peak * 0.85);
  const overloaded = refused.filter(({ outcome }) => outcome === 'OVERLOADED');
  expect(overloaded.filter(({ retryAfter }) => retryAfter === null)).toEqual([]);
  // A stall of this machine may cut off a call that was let in.
  expect(overloaded.length).toBeGreaterThan(refused.length * 0.95);
  expect(figures.refusedMs.p50).toBeLessThan(50);
  expect(writes.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
  expect(figures.writeMs.p90).toBeLessThan(500);
  bench.expectDiscretion();
  await bench.expectHealthy();
  await bench.expectSocketsAtRest(Number(SETTINGS.UPSTREAM_CONNECTIONS));
});

test('a queue of one slot serves writes in their turn', async () => {
  await using bench = await openFaultBench(() => slowService(LATENCY_MS), {
    ...SETTINGS,
    UPSTREAM_CONNECTIONS: '1',
  });
  const samples = readSteadily(bench, 60, 2_000);
  await delay(300);
  const told = await Promise.all([bench.ask('create'), bench.ask('rename')]);
  expect(told.map(({ outcome }) => outcome)).toEqual(['ok', 'ok']);
  await samples;
  expect(bench.upstream.sockets.size).toBeLessThanOrEqual(2);
});

test('never more calls at once than the limit allows', async () => {
  let now = 0;
  let most = 0;
  const serve = slowService(LATENCY_MS);
  await using bench = await openFaultBench(
    () => async (request) => {
      now += 1;
      most = Math.max(most, now);
      const reply = await serve(request);
      now -= 1;
      return reply;
    },
    SETTINGS,
  );
  await Promise.all([
    readSteadily(bench, 200, 500),
    ...Array.from({ length: 10 }, () => bench.ask('create')),
  ]);
  expect(most).toBe(Number(SETTINGS.UPSTREAM_CONNECTIONS));
});
