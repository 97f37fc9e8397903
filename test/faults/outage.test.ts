import { expect, test } from 'vitest';
import { html, status } from '../support/faulty-replies.ts';
import { type Answer, hang, reset } from '../support/scripted-upstream.ts';
import { GRACE_MS, openFaultBench } from './fault-bench.ts';
import { quantiles, readSteadily, slowService } from './load.ts';

// FAULT_OUTAGE_MS=60000 plays a whole minute.
const OUTAGE_MS = Number(process.env['FAULT_OUTAGE_MS'] ?? 6_000);
const PER_SECOND = 50;
const SETTLE_MS = 2_000;
const HEAL_MS = 5_000;

const outages: ReadonlyArray<[name: string, answer: Answer]> = [
  ['resets every connection', () => reset],
  ['answers nothing but 503', status(503)],
  ['never answers', () => hang],
];

test.concurrent.each(outages)(
  'an upstream that %s is spared, answered for at once, and used again as soon as it is up',
  async (_name, down) => {
    await using bench = await openFaultBench(() => down, { UPSTREAM_TIMEOUT_MS: '500' });
    const healsAt = performance.now() + OUTAGE_MS;
    setTimeout(() => {
      bench.upstream.answer = slowService(5);
    }, OUTAGE_MS);
    const samples = await readSteadily(bench, PER_SECOND, OUTAGE_MS + HEAL_MS + 1_000);
    const during = samples.filter(({ startedMs }) => startedMs < OUTAGE_MS);
    const open = during.filter(({ startedMs }) => startedMs > SETTLE_MS).map(({ tookMs }) => tookMs);
    const lastBad = samples.findLast(({ outcome }) => outcome !== 'ok');
    const figures = {
      requests: during.length,
      attempts: bench.upstream.requests.filter(({ at }) => at < healsAt).length,
      answeredMs: quantiles(open),
      healedAfterMs: (lastBad?.startedMs ?? 0) - OUTAGE_MS,
    };
    if (process.env['FAULT_OUTAGE_MS']) process.stdout.write(`${JSON.stringify(figures)}\n`);
    expect(figures.attempts).toBeLessThanOrEqual(during.length * 1.2);
    expect(figures.answeredMs.p50).toBeLessThan(20);
    expect(figures.healedAfterMs).toBeLessThan(HEAL_MS);
    expect(Math.max(...samples.map(({ tookMs }) => tookMs))).toBeLessThan(bench.deadlineMs + GRACE_MS);
    bench.expectDiscretion();
  },
  OUTAGE_MS + 60_000,
);

test('while the breaker is open, one probe a second goes out, one at a time, and nothing else', async () => {
  await using bench = await openFaultBench(() => () => reset);
  await readSteadily(bench, 100, 1_000);
  const from = bench.upstream.requests.length;
  const openedAt = performance.now();
  await readSteadily(bench, 100, 3_500);
  const probes = bench.upstream.requests.slice(from);
  const seconds = (performance.now() - openedAt) / 1000;
  expect(probes.length).toBeGreaterThanOrEqual(2);
  expect(probes.length).toBeLessThanOrEqual(Math.ceil(seconds) + 1);
  const gaps = probes.slice(1).map(({ at }, index) => at - (probes[index]?.at ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(900);
});

test('what the upstream refuses or garbles never opens the breaker', async () => {
  for (const play of [status(400), status(404), status(429), html]) {
    await using bench = await openFaultBench(() => play);
    for (let asked = 0; asked < 12; asked += 1) await bench.ask('create');
    expect(bench.upstream.requests).toHaveLength(12);
    await bench.expectHealthy();
  }
});
