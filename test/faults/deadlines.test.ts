import { expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import { eventually } from '../support/eventually.ts';
import { drip, endlessBody } from '../support/faulty-replies.ts';
import { hang, json, reset } from '../support/scripted-upstream.ts';
import { type FaultBench, GRACE_MS, openFaultBench, type Told } from './fault-bench.ts';

const PATIENT = { DEADLINE_MS: '5000', UPSTREAM_TIMEOUT_MS: '5000' };

async function askWithin(bench: FaultBench, deadlineMs: number, operation: 'read' | 'create'): Promise<Told> {
  const told = await bench.ask(operation, { 'x-deadline-ms': String(deadlineMs) });
  expect(told.tookMs).toBeGreaterThan(deadlineMs - 5);
  expect(told.tookMs).toBeLessThan(deadlineMs + GRACE_MS);
  return told;
}

test.concurrent.each([
  ['no answer', () => hang],
  ['a body that stops', endlessBody],
  ['a body that drips', drip],
])('x-deadline-ms shortens the deadline of a read, below a second too: %s', async (_fault, play) => {
  await using bench = await openFaultBench(() => play, PATIENT);
  for (const deadlineMs of [50, 300, 700]) {
    const { outcome } = await askWithin(bench, deadlineMs, 'read');
    expect(outcome).toBe('UPSTREAM_TIMEOUT');
  }
  // The shortest may be over on a busy machine before its call goes out.
  expect([2, 3]).toContain(bench.upstream.requests.length);
  await bench.expectHealthy();
  bench.expectDiscretion();
});

test.concurrent('x-deadline-ms leaves a create unknown that was sent when the time was up', async () => {
  await using bench = await openFaultBench(() => () => hang, PATIENT);
  expect((await askWithin(bench, 300, 'create')).outcome).toBe('WRITE_OUTCOME_UNKNOWN');
  expect(bench.upstream.requests).toHaveLength(1);
});

test.concurrent('x-deadline-ms never lengthens the deadline, and is ignored when it is no number', async () => {
  await using bench = await openFaultBench(() => () => hang, {
    DEADLINE_MS: '300',
    UPSTREAM_TIMEOUT_MS: '5000',
  });
  for (const value of ['60000', 'soon', '-1', '1e1', '']) {
    const { tookMs } = await bench.ask('read', { 'x-deadline-ms': value });
    expect(tookMs).toBeGreaterThan(295);
    expect(tookMs).toBeLessThan(300 + GRACE_MS);
  }
});

test.concurrent('who waits for a slot that does not become free is told within the own deadline, in whatever order they came', async () => {
  await using bench = await openFaultBench(() => () => hang, { ...PATIENT, UPSTREAM_CONNECTIONS: '1' });
  const read = (deadlineMs: number) =>
    bench.query(
      `{ collection(id: "col_${deadlineMs}") { name } }`,
      {},
      { 'x-deadline-ms': String(deadlineMs) },
    );
  const holder = read(5_000);
  await eventually('the slot is taken', () => bench.upstream.requests.length === 1);
  const waiting = [1_500, 300, 900].map(async (deadlineMs) => ({ deadlineMs, told: await read(deadlineMs) }));
  for (const { deadlineMs, told } of await Promise.all(waiting)) {
    expect(dig(told.answer.body, 'errors', 0, 'extensions', 'code')).toBe('OVERLOADED');
    expect(told.tookMs).toBeLessThan(deadlineMs + GRACE_MS);
  }
  expect(bench.upstream.requests).toHaveLength(1);
  await holder;
});

test.concurrent('attempts and the waits between them share one deadline', async () => {
  await using bench = await openFaultBench(() => () => hang, {
    DEADLINE_MS: '700',
    UPSTREAM_TIMEOUT_MS: '300',
  });
  const told = await bench.ask('read');
  expect(told.outcome).toBe('UPSTREAM_TIMEOUT');
  expect(told.tookMs).toBeLessThan(700 + GRACE_MS);
  expect(bench.upstream.requests.length).toBeGreaterThanOrEqual(2);
});

test.concurrent('a retry that would come too late is not begun', async () => {
  await using bench = await openFaultBench(
    () => () => json({ reason: 'later' }, 503, { 'retry-after': '1' }),
  );
  const told = await bench.ask('read', { 'x-deadline-ms': '500' });
  expect([told.outcome, bench.upstream.requests.length]).toEqual(['UPSTREAM_UNAVAILABLE', 1]);
  expect(told.tookMs).toBeLessThan(400);
});

test.concurrent('the retries of everybody together stay within a fifth of the calls', async () => {
  const CALLS = 100;
  await using bench = await openFaultBench(() => () => reset);
  const documents = Array.from(
    { length: CALLS },
    (_, index) => `{ collection(id: "col_x${index}") { name } }`,
  );
  await Promise.all(documents.map((document) => bench.query(document)));
  expect(bench.upstream.requests.length).toBeLessThanOrEqual(CALLS * 1.2);
});
