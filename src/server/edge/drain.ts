import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setImmediate, setTimeout } from 'node:timers/promises';

interface DrainTimes {
  readonly drainDelayMs: number;
  readonly deadlineMs: number;
}

/** The answers that are being made. */
interface Answering {
  readonly size: number;
}

// For an operation to be answered once its deadline is over.
const BEYOND_DEADLINE_MS = 2_000;
const DRAIN_POLL_MS = 20;
const QUIET_TURN_MS = 0.1;
const MAX_TURNS = 50;
// For a request that is on its way on a connection that is open already.
const ARRIVAL_MS = 50;
const MAX_LINGER_MS = 6_000;

/**
 * Closes the server when nothing is being answered any more. While answers are being made, who asks whether the gateway
 * is ready is still told that it is not.
 */
export async function closeWhenIdle(
  server: Server,
  answering: Answering,
  { drainDelayMs, deadlineMs }: DrainTimes,
): Promise<void> {
  await setTimeout(drainDelayMs);
  await untilIdle(answering, deadlineMs + BEYOND_DEADLINE_MS);
  await quietTurn();
  await endConnections(server, stopListening(server));
}

async function untilIdle(answering: Answering, maxMs: number): Promise<void> {
  const latest = performance.now() + maxMs;
  while (answering.size > 0 && performance.now() < latest) await setTimeout(DRAIN_POLL_MS);
}

// The kernel resets connections that came after the event loop last took them in and before the listener closes. After a
// turn with nothing to do this is a moment; after a busy one, all that others sent meanwhile.
async function quietTurn(): Promise<void> {
  for (let turns = 0; turns < MAX_TURNS; turns += 1) {
    const startedAt = performance.now();
    await setImmediate();
    if (performance.now() - startedAt < QUIET_TURN_MS) return;
  }
}

// The server's own `close` would also end connections whose first request is still to come.
function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    NetServer.prototype.close.call(server, () => resolve());
  });
}

async function endConnections(server: Server, closed: Promise<void>): Promise<void> {
  await Promise.race([closed, setTimeout(ARRIVAL_MS, undefined, { ref: false })]);
  server.close();
  // Who does not even take its answer is cut off.
  await Promise.race([closed, setTimeout(MAX_LINGER_MS, undefined, { ref: false })]);
  server.closeAllConnections();
  await closed;
}
