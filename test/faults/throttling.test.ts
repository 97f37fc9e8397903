import { describe, expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import { status } from '../support/faulty-replies.ts';
import type { Ledger } from '../support/ledger.ts';
import { type Answer, json, type Reply } from '../support/scripted-upstream.ts';
import { openFaultBench } from './fault-bench.ts';

const THROTTLED = 429;

const once =
  (reply: Reply) =>
  (ledger: Ledger): Answer => {
    let failed = false;
    return (request) => {
      if (failed) return ledger.serve(request);
      failed = true;
      return reply;
    };
  };

const throttle = (retryAfter: string, headers: Record<string, string> = {}): Reply =>
  json({ reason: 'slow down' }, THROTTLED, { 'retry-after': retryAfter, ...headers });
const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toUTCString();

const patient: ReadonlyArray<[form: string, value: () => string]> = [
  ['seconds', () => '1'],
  ['a date', () => inSeconds(1)],
  ['a date in the past', () => inSeconds(-100)],
  ['0', () => '0'],
];
const impatient: ReadonlyArray<[form: string, value: () => string, leastMs: number, mostMs?: number]> = [
  ['seconds beyond the deadline', () => '30', 30_000],
  ['a date beyond the deadline', () => inSeconds(30), 28_000, 30_000],
  ['something huge', () => '9999999999', 60_000],
  ['a negative number', () => '-5', 60_000],
  ['junk', () => 'soon', 60_000],
  ['a fraction', () => '0.5', 60_000],
];
const everyOperation = ['read', 'rename', 'delete', 'add', 'create'] as const;

describe.concurrent.each(everyOperation)('%s', (operation) => {
  test.each(patient)('waits and succeeds after a 429 whose Retry-After is %s', async (_form, value) => {
    await using bench = await openFaultBench((ledger) => once(throttle(value()))(ledger));
    const told = await bench.ask(operation);
    expect([told.outcome, bench.upstream.requests.length]).toEqual(['ok', 2]);
    await bench.expectAftermath(told);
  });

  test.each(impatient)(
    'is told at once of a 429 whose Retry-After is %s',
    async (_form, value, leastMs, mostMs) => {
      await using bench = await openFaultBench((ledger) => once(throttle(value()))(ledger));
      const told = await bench.ask(operation);
      expect([told.outcome, bench.upstream.requests.length]).toEqual(['RATE_LIMITED', 1]);
      expect(told.tookMs).toBeLessThan(500);
      const retryAfterMs = dig(told.answer.body, 'errors', 0, 'extensions', 'retryAfterMs');
      expect(retryAfterMs).toBeGreaterThanOrEqual(leastMs);
      expect(retryAfterMs).toBeLessThanOrEqual(mostMs ?? leastMs);
      bench.expectDiscretion(told.requestId);
    },
  );
});

test.each([-7_200, 7_200])(
  "a date in Retry-After is taken by the upstream's own clock, also when that is %i s off",
  async (skew) => {
    await using bench = await openFaultBench(once(throttle(inSeconds(skew + 1), { date: inSeconds(skew) })));
    const told = await bench.ask('read');
    expect([told.outcome, bench.upstream.requests.length]).toEqual(['ok', 2]);
    expect(told.tookMs).toBeGreaterThan(990);
  },
);

test('a date that is years away is told as a minute', async () => {
  await using bench = await openFaultBench(() => () => throttle('Fri, 31 Dec 2199 23:59:59 GMT'));
  const { answer } = await bench.ask('read');
  expect(dig(answer.body, 'errors', 0, 'extensions')).toMatchObject({
    code: 'RATE_LIMITED',
    retryAfterMs: 60_000,
  });
  expect(answer.headers.get('retry-after')).toBe('60');
});

const ceilings: ReadonlyArray<[name: string, body: object]> = [
  ['names an action limit', { reason: 'plan', details: { actionLimit: 100 } }],
  ['has the code QUOTA_EXCEEDED', { reason: 'plan', code: 'QUOTA_EXCEEDED' }],
];

test.each(ceilings)("a 429 that %s is the plan's ceiling: no retry, no pause", async (_name, body) => {
  await using bench = await openFaultBench(() => () => json(body, THROTTLED, { 'retry-after': '1' }));
  const told = await bench.ask('create');
  expect([told.outcome, bench.upstream.requests.length]).toEqual(['QUOTA_EXCEEDED', 1]);
  await bench.expectAftermath(told);
});

test('a 429 holds up every caller for as long as it says, and nobody longer', async () => {
  const PAUSE_MS = 1_000;
  await using bench = await openFaultBench(once(throttle('1')), { DEADLINE_MS: '3000' });
  const startedAt = performance.now();
  const first = bench.ask('read');
  await expect.poll(() => bench.upstream.requests.length).toBe(1);
  const others = await Promise.all([bench.ask('create'), bench.ask('rename'), first]);
  expect(others.map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok']);
  const [, ...later] = bench.upstream.requests.map(({ at }) => at - startedAt);
  expect(Math.min(...later)).toBeGreaterThan(PAUSE_MS - 10);
  expect(Math.max(...later)).toBeLessThan(PAUSE_MS + 700);
});

test('who cannot wait as long as the pause is refused at once and told when to come back', async () => {
  await using bench = await openFaultBench(once(throttle('2')), { DEADLINE_MS: '1500' });
  await bench.ask('read');
  const told = await bench.ask('create');
  expect(told.outcome).toBe('RATE_LIMITED');
  expect(told.tookMs).toBeLessThan(300);
  expect(told.answer.headers.get('retry-after')).toBe('2');
  expect(bench.upstream.requests).toHaveLength(1);
  expect(bench.ledger.entries).toEqual([]);
});

test('a 503 that says when to come back has refused a create, which is sent again then', async () => {
  await using bench = await openFaultBench((ledger) => {
    let failed = false;
    return (request) => {
      if (failed) return ledger.serve(request);
      failed = true;
      return status(503, { 'retry-after': '1' })(request);
    };
  });
  const told = await bench.ask('create');
  expect([told.outcome, bench.upstream.requests.length]).toEqual(['ok', 2]);
  expect(told.tookMs).toBeGreaterThan(990);
  await bench.expectAftermath(told);
});
