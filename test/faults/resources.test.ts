import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { drip, type Fault, flood, gzipBomb, gzipped, shortBody, status } from '../support/faulty-replies.ts';
import { hang, reset, text } from '../support/scripted-upstream.ts';
import { openFaultBench } from './fault-bench.ts';
import type { OperationName } from './operations.ts';

const MAX_MEMORY_BYTES = 50_000_000;
const MAX_BLOCKED_MS = 100;
const MAX_TRIES = 5;

const nestedText = text('['.repeat(1_000_000));
const nestedAnswer = text(`{"collection":${'['.repeat(500_000)}${']'.repeat(500_000)}}`);

const heavyAnswers: ReadonlyArray<[fault: string, play: Fault]> = [
  ['200 MB, announced', flood(200, true)],
  ['200 MB, not announced', flood(200, false)],
  ['a gzip bomb', gzipBomb],
  ['1,000,000 open brackets', () => nestedText],
  ['JSON nested 500,000 deep', () => nestedAnswer],
  ['an error of 200 MB', floodAsError()],
  ['headers without an end', endlessHeaders()],
];

test.each(heavyAnswers)(
  '%s costs less than 50 MB and never blocks the event loop for 100 ms',
  async (_fault, play) => {
    let cost = await measureOnce(play);
    // The machine has other things to do: what a quiet moment shows is what the gateway does.
    for (let tries = 1; tries < MAX_TRIES && cost.blockedMs >= MAX_BLOCKED_MS; tries += 1)
      cost = await measureOnce(play);
    expect(cost.bytes).toBeLessThan(MAX_MEMORY_BYTES);
    expect(cost.blockedMs).toBeLessThan(MAX_BLOCKED_MS);
  },
);

test('hundreds of failures leave no timer, no socket and no memory behind', async () => {
  const faults: readonly Fault[] = [
    () => hang,
    () => reset,
    status(500),
    status(503),
    drip,
    gzipped,
    shortBody,
  ];
  let turn = 0;
  await using bench = await openFaultBench(
    (ledger) => (request) => {
      turn += 1;
      // One of two is healthy, so that the breaker stays closed.
      return turn % 2 === 0 ? ledger.serve(request) : (faults[turn % faults.length] ?? drip)(request);
    },
    { UPSTREAM_TIMEOUT_MS: '100' },
  );
  const fail = async (rounds: number): Promise<void> => {
    for (let round = 0; round < rounds; round += 1) {
      await Promise.all(Array.from({ length: 20 }, () => bench.ask(pickOperation(round))));
    }
  };
  await fail(5);
  const before = { timers: countTimers(), bytes: settledBytes() };
  await fail(20);
  await eventually('the timers are back', () => countTimers() <= before.timers + 2, 2_000);
  expect(settledBytes() - before.bytes).toBeLessThan(10_000_000);
  await bench.expectHealthy();
  await bench.expectSocketsAtRest(64);
});

function pickOperation(round: number): OperationName {
  return round % 2 === 0 ? 'create' : 'rename';
}

function countTimers(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
}

function settledBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return heldBytes();
}

async function measureOnce(play: Fault): Promise<Cost> {
  await using bench = await openFaultBench(() => play);
  await bench.ask('read');
  const cost = await measure(() => bench.ask('read'));
  await bench.expectHealthy();
  bench.expectDiscretion();
  await bench.expectSocketsAtRest();
  return cost;
}

interface Cost {
  readonly bytes: number;
  readonly blockedMs: number;
}

/** The most memory that was held at any time, and the longest time for which nothing else could run. */
async function measure(work: () => Promise<unknown>): Promise<Cost> {
  const before = heldBytes();
  let most = before;
  const sampler = setInterval(() => {
    most = Math.max(most, heldBytes());
  }, 2);
  const blocked = monitorEventLoopDelay({ resolution: 2 });
  blocked.enable();
  await work();
  blocked.disable();
  clearInterval(sampler);
  return { bytes: Math.max(most, heldBytes()) - before, blockedMs: blocked.max / 1e6 };
}

function heldBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function floodAsError(): Fault {
  const megabyte = Buffer.alloc(1_000_000, 'x');
  return ({ socket }) => {
    socket.write('HTTP/1.1 500 Oops\r\ncontent-length: 200000000\r\n\r\n');
    const pour = (): void => {
      while (!socket.destroyed && socket.write(megabyte));
      if (!socket.destroyed) socket.once('drain', pour);
    };
    pour();
    return hang;
  };
}

function endlessHeaders(): Fault {
  const header = `x-more: ${'y'.repeat(1_000)}\r\n`;
  return ({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const pour = (): void => {
      while (!socket.destroyed && socket.write(header));
      if (!socket.destroyed) socket.once('drain', pour);
    };
    pour();
    return hang;
  };
}
