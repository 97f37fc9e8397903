import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { dig } from '../support/dig.ts';
import { eventually } from '../support/eventually.ts';
import { drip, status } from '../support/faulty-replies.ts';
import { hang, reset } from '../support/scripted-upstream.ts';
import { type FaultBench, openFaultBench } from './fault-bench.ts';
import { OPERATIONS } from './operations.ts';

// The promise is 100 ms; the rest is for a busy machine.
const SOON_MS = 300;
const PATIENT = { DEADLINE_MS: '5000', UPSTREAM_TIMEOUT_MS: '5000' };

/** A request whose client can leave. */
function askAndLeave(bench: FaultBench, document: string) {
  const clientAbort = new AbortController();
  const answered = bench.query(document, {}, {}, clientAbort.signal).then(
    ({ answer }) => answer,
    () => null,
  );
  return { answered, leave: () => clientAbort.abort() };
}

test.each([
  ['before the headers', () => hang],
  ['in the body', drip],
])('a client that leaves during a read closes the upstream call: %s', async (_place, play) => {
  await using bench = await openFaultBench(() => play, PATIENT);
  const client = askAndLeave(bench, OPERATIONS.read.document);
  await eventually('the call is out', () => bench.upstream.requests.length === 1);
  await delay(50);
  client.leave();
  await eventually('the upstream call is closed', () => bench.upstream.sockets.size === 0, SOON_MS);
  await delay(300);
  expect(bench.upstream.requests).toHaveLength(1);
  await bench.expectHealthy();
  bench.expectDiscretion();
});

test('a client that leaves between two attempts has no further attempt made', async () => {
  await using bench = await openFaultBench(() => status(503, { 'retry-after': '1' }), PATIENT);
  const client = askAndLeave(bench, OPERATIONS.create.document);
  await eventually('the first attempt failed', () => bench.upstream.requests.length === 1);
  await delay(50);
  client.leave();
  await delay(1_500);
  expect(bench.upstream.requests).toHaveLength(1);
});

test('a request whose client left while it was queued is never sent', async () => {
  await using bench = await openFaultBench(
    (ledger) => async (request) => {
      await delay(300);
      return ledger.serve(request);
    },
    { ...PATIENT, UPSTREAM_CONNECTIONS: '1' },
  );
  const first = bench.ask('read');
  await eventually('the first call is out', () => bench.upstream.requests.length === 1);
  const queued = ['rename', 'create', 'delete'] as const;
  const clients = queued.map((operation) => askAndLeave(bench, OPERATIONS[operation].document));
  await delay(100);
  for (const { leave } of clients) leave();
  expect((await first).outcome).toBe('ok');
  await delay(300);
  expect(bench.upstream.requests).toHaveLength(1);
  expect(bench.ledger.entries).toEqual([]);
});

test('one of two waiters of a shared read leaves, whichever it is: the other still gets it', async () => {
  for (const leaver of [0, 1]) {
    await using bench = await openFaultBench(
      (ledger) => async (request) => {
        await delay(300);
        return ledger.serve(request);
      },
      PATIENT,
    );
    const clients = [];
    for (let waiters = 0; waiters < 2; waiters += 1) {
      clients.push(askAndLeave(bench, OPERATIONS.read.document));
      await eventually('the call is out', () => bench.upstream.requests.length === 1);
      await delay(50);
    }
    clients[leaver]?.leave();
    const stayed = await clients[1 - leaver]?.answered;
    expect(stayed?.body).toEqual({ data: { collection: { name: 'col_1' } } });
    expect(bench.upstream.requests).toHaveLength(1);
  }
});

test('when the last waiter of a shared read leaves, the upstream call is closed', async () => {
  await using bench = await openFaultBench(() => () => hang, PATIENT);
  const clients = [0, 1].map(() => askAndLeave(bench, OPERATIONS.read.document));
  await eventually('the call is out', () => bench.upstream.requests.length === 1);
  await delay(50);
  clients[0]?.leave();
  await delay(SOON_MS);
  expect(bench.upstream.sockets.size).toBe(1);
  clients[1]?.leave();
  await eventually('the upstream call is closed', () => bench.upstream.sockets.size === 0, SOON_MS);
  expect(bench.upstream.requests).toHaveLength(1);
});

test('a waiter with a short deadline of its own gives up alone', async () => {
  await using bench = await openFaultBench(
    (ledger) => async (request) => {
      await delay(700);
      return ledger.serve(request);
    },
    PATIENT,
  );
  const patient = bench.ask('read');
  await eventually('the call is out', () => bench.upstream.requests.length === 1);
  const hasty = await bench.ask('read', { 'x-deadline-ms': '200' });
  expect(hasty.outcome).toBe('UPSTREAM_TIMEOUT');
  expect(hasty.tookMs).toBeLessThan(600);
  expect((await patient).outcome).toBe('ok');
  expect(bench.upstream.requests).toHaveLength(1);
});

test('a waiter is not failed by the short deadline of the one whose read it shares', async () => {
  await using bench = await openFaultBench(
    (ledger) => async (request) => {
      await delay(500);
      return ledger.serve(request);
    },
    PATIENT,
  );
  const hasty = bench.ask('read', { 'x-deadline-ms': '200' });
  await eventually('the call is out', () => bench.upstream.requests.length === 1);
  const patient = await bench.ask('read');
  expect((await hasty).outcome).toBe('UPSTREAM_TIMEOUT');
  expect(patient.outcome).toBe('ok');
  expect(bench.upstream.requests).toHaveLength(2);
});

test('a read that starts after a write never joins one from before it', async () => {
  await using bench = await openFaultBench(
    (ledger) => async (request) => {
      const reply = ledger.serve(request);
      if (request.method === 'GET') await delay(400);
      return reply;
    },
    PATIENT,
  );
  const before = bench.query(OPERATIONS.read.document);
  await eventually('the read is out', () => bench.upstream.requests.length === 1);
  expect((await bench.ask('rename')).outcome).toBe('ok');
  const after = await bench.query(OPERATIONS.read.document);
  expect(after.answer.body).toEqual({ data: { collection: { name: 'renamed' } } });
  expect((await before).answer.body).toEqual({ data: { collection: { name: 'col_1' } } });
  expect(bench.upstream.requests.map(({ method }) => method)).toEqual(['GET', 'PUT', 'GET']);
});

test.each(['create', 'rename', 'delete', 'add'] as const)(
  'a client that leaves does not cut off a write that was sent: %s is awaited, and the log knows what became of it',
  async (operation) => {
    await using bench = await openFaultBench(
      (ledger) => async (request) => {
        await delay(400);
        return ledger.serve(request);
      },
      PATIENT,
    );
    const client = askAndLeave(bench, OPERATIONS[operation].document);
    await eventually('the write is out', () => bench.upstream.requests.length === 1);
    await delay(50);
    client.leave();
    await delay(150);
    expect(bench.upstream.sockets.size).toBe(1);
    await eventually('the write is applied', () => bench.ledger.entries.length === 1);
    const requestId = bench.ledger.entries[0]?.requestId ?? '';
    await eventually('the operation is logged', () => bench.operationLine(requestId) !== undefined);
    expect(bench.operationLine(requestId)).toMatchObject({ clientDisconnected: true, upstreamCalls: 1 });
    expect(dig(bench.operationLine(requestId), 'durationMs')).toBeGreaterThan(350);
    bench.expectDiscretion(requestId);
  },
);

test('a write that fails after its client left says so in the log', async () => {
  await using bench = await openFaultBench(
    (ledger) => async (request) => {
      await delay(300);
      ledger.apply(request);
      return reset;
    },
    PATIENT,
  );
  const client = askAndLeave(bench, OPERATIONS.create.document);
  await eventually('the write is out', () => bench.upstream.requests.length === 1);
  client.leave();
  await eventually('the write is applied', () => bench.ledger.entries.length === 1);
  const requestId = bench.ledger.entries[0]?.requestId ?? '';
  await eventually('the operation is logged', () => bench.operationLine(requestId) !== undefined);
  const logged = { clientDisconnected: true, errorCodes: ['WRITE_OUTCOME_UNKNOWN'], upstreamCalls: 1 };
  expect(bench.operationLine(requestId)).toMatchObject(logged);
});

test('50 operations in flight when the gateway stops: all of them finish', async () => {
  const IN_FLIGHT = 50;
  await using bench = await openFaultBench(
    (ledger) => async (request) => {
      await delay(500);
      return ledger.serve(request);
    },
    PATIENT,
  );
  const operations = ['create', 'read'] as const;
  const asked = Array.from({ length: IN_FLIGHT }, (_, index) => bench.ask(operations[index % 2] ?? 'read'));
  await eventually('they are out', () => bench.upstream.requests.length > IN_FLIGHT / 2);
  const stopped = bench.gateway.stop();
  const told = await Promise.all(asked);
  expect(told.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
  expect(bench.ledger.entries).toHaveLength(IN_FLIGHT / 2);
  await stopped;
  await eventually('no connection to the upstream is left', () => bench.upstream.sockets.size === 0);
  await expect(bench.ask('read')).rejects.toThrow('fetch failed');
});
