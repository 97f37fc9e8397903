import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Ledger } from '../support/ledger.ts';
import { type Answer, reset } from '../support/scripted-upstream.ts';
import { type FaultBench, openFaultBench } from './fault-bench.ts';
import type { OperationName } from './operations.ts';

const IDLE_MS = 50;

/** Serves honestly, and closes each socket that was idle for 50 ms, once it has read what has arrived on it. */
const closeIdleSockets = (ledger: Ledger): Answer => {
  const timers = new WeakMap<Socket, NodeJS.Timeout>();
  return (request) => {
    const { socket } = request;
    clearTimeout(timers.get(socket));
    // After a stall the timer is due before what arrived meanwhile has been read.
    const timer = setTimeout(() => setImmediate(() => timers.get(socket) === timer && socket.end()), IDLE_MS);
    timers.set(socket, timer);
    return ledger.serve(request);
  };
};

/** Meets every request on a used socket with a reset, as if it had crossed the closing of that socket. */
const resetUsedSockets = (ledger: Ledger): Answer => {
  const used = new WeakSet<Socket>();
  return (request) => {
    if (used.has(request.socket)) return reset;
    used.add(request.socket);
    return ledger.serve(request);
  };
};

/** Asks from several clients at once, each with a random pause around the server's limit before each request. */
async function askWithPauses(bench: FaultBench, operation: OperationName, count: number): Promise<string[]> {
  const CLIENTS = 20;
  const outcomes: string[] = [];
  const ask = async (): Promise<void> => {
    for (let asked = 0; asked < count / CLIENTS; asked += 1) {
      await delay(IDLE_MS - 15 + Math.random() * 30);
      outcomes.push((await bench.ask(operation)).outcome);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, ask));
  return outcomes;
}

test('1,000 creates against a server that closes idle sockets after 50 ms: none is unknown', async () => {
  await using bench = await openFaultBench(closeIdleSockets, { UPSTREAM_TIMEOUT_MS: '2000' });
  const outcomes = await askWithPauses(bench, 'create', 1_000);
  expect(outcomes.filter((outcome) => outcome !== 'ok')).toEqual([]);
  expect(bench.ledger.entries).toHaveLength(1_000);
  expect(bench.upstream.requests).toHaveLength(1_000);
});

test.each(['read', 'rename'] as const)(
  '%s survives a server that closes idle sockets after 50 ms',
  async (operation) => {
    await using bench = await openFaultBench(closeIdleSockets, { UPSTREAM_TIMEOUT_MS: '2000' });
    const outcomes = await askWithPauses(bench, operation, 300);
    expect(outcomes.filter((outcome) => outcome !== 'ok')).toEqual([]);
  },
);

test.each(['read', 'rename', 'delete', 'add'] as const)(
  '%s that crosses the closing of its idle socket is sent again on another',
  async (operation) => {
    await using bench = await openFaultBench(resetUsedSockets);
    expect((await bench.ask('read')).outcome).toBe('ok');
    const told = await bench.ask(operation);
    expect([told.outcome, bench.upstream.requests.length]).toEqual(['ok', 3]);
    await bench.expectAftermath(told);
  },
);

test('a create goes out on no socket that was idle for longer than moments', async () => {
  await using bench = await openFaultBench(resetUsedSockets);
  for (const operation of ['create', 'create', 'read', 'create'] as const) {
    expect((await bench.ask(operation)).outcome).toBe('ok');
    await delay(15);
  }
  expect(bench.ledger.entries).toHaveLength(3);
  expect(bench.upstream.requests).toHaveLength(4);
});
