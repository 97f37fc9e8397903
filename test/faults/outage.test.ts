import { describe, expect, test } from 'vitest';
import { status } from '../support/faulty-replies.ts';
import { type Answer, hang, reset } from '../support/scripted-upstream.ts';
import { openFaultBench } from './fault-bench.ts';
import { quantile, readSteadily, slowService } from './load.ts';

// FAULT_OUTAGE_MS=60000 plays a whole minute.
const OUTAGE_MS = Number(process.env['FAULT_OUTAGE_MS'] ?? 6_000);
const PER_SECOND = 50;
const SETTLE_MS = 2_000;
const HEAL_MS = 5_000;

const outages: ReadonlyArray<[name: string, answer: Answer, budget: number]> = [
  ['resets every connection', () => reset, 1.2],
  ['answers nothing but 503', status(503), 1.2],
  ['never answers', () => hang, 1.2],
];

describe.concurrent('an upstream that is down', () => {
  test.each(outages)(
    'and %s is spared, answered for at once, and used again as soon as it is up',
    async (name, down, budget) => {
      const settings = { DEADLINE_MS: '2000', UPSTREAM_TIMEOUT_MS: '500' };
      await using bench = await openFaultBench(() => down, settings);
      const healsAt = performance.now() + OUTAGE_MS;
      const timer = setTimeout(() => {
        bench.upstream.answer = slowService(5);
      }, OUTAGE_MS);
      const asked = readSteadily(bench, PER_SECOND, OUTAGE_MS + HEAL_MS + 1_000);
      const samples = await asked;
      clearTimeout(timer);
      const during = samples.filter(({ startedMs }) => startedMs < OUTAGE_MS);
      const attempts = bench.upstream.requests.filter(({ at }) => at < healsAt).length;
      const open = during.filter(({ startedMs }) => startedMs > SETTLE_MS).map(({ tookMs }) => tookMs);
      const firstGood = samples.find(
        ({ outcome, startedMs }) => outcome === 'ok' && startedMs > OUTAGE_MS - 1_000,
      );
      const lastBad = samples.findLast(({ outcome }) => outcome !== 'ok');
      console.log(name, {
        requests: during.length,
        attempts,
        p50: quantile(open, 0.5),
        p90: quantile(open, 0.9),
        p99: quantile(open, 0.99),
        slowest: Math.max(...during.map((s) => s.tookMs)),
        firstGood: (firstGood?.startedMs ?? 0) - OUTAGE_MS,
        lastBad: (lastBad?.startedMs ?? 0) - OUTAGE_MS,
      });
      expect(attempts).toBeLessThanOrEqual(during.length * budget);
      expect(quantile(open, 0.5)).toBeLessThan(20);
      expect(Math.max(...samples.map(({ tookMs }) => tookMs))).toBeLessThan(2_400);
      expect(
        samples.filter(({ outcome, startedMs }) => outcome !== 'ok' && startedMs > OUTAGE_MS + HEAL_MS),
      ).toEqual([]);
      bench.expectDiscretion();
    },
  );
});
