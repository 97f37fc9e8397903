import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { everyCollection, openFrontDoor } from '../support/front-door.ts';
import { queryGateway, startGateway } from '../support/gateway.ts';
import { startScriptedUpstream } from '../support/scripted-upstream.ts';
import { open, readToEnd, statusesOf } from './front-door/raw-socket.ts';

const READ = '{ collection(id: "col_1") { name } }';
const HEAD = 'POST /graphql HTTP/1.1\r\nHost: gateway.example\r\nContent-Type: application/json\r\n';
const NOTHING_SENT = { statuses: [0], seconds: 0 };
const NOTHING_YET = { status: 0, clientDisconnected: true };
// Beyond what a silent connection has without an operation, and beyond a drain without one.
const LONG_MS = 72_000;
const LONG_WHEN_DRAINING_MS = 21_000;

/** Runs one operation that takes this long, and ends the gateway meanwhile if it is to. */
async function run(tookMs: number, isStopped: boolean) {
  const upstream = await startScriptedUpstream(async (request) => {
    await delay(tookMs);
    return everyCollection(request);
  });
  const env = { DEADLINE_MS: '120000', UPSTREAM_TIMEOUT_MS: '120000' };
  const gateway = await startGateway(upstream.url, env);
  const answering = queryGateway(gateway.url, READ);
  await vi.waitFor(() => expect(upstream.requests).toHaveLength(1), { timeout: 10_000 });
  const stopping = isStopped ? gateway.stop() : undefined;
  const { status } = await answering;
  await (stopping ?? gateway.stop());
  await upstream.close();
  const line = gateway.logLines.map((text) => JSON.parse(text)).find(({ msg }) => msg === 'operation');
  return { status, clientDisconnected: line?.clientDisconnected };
}

/** Sends a piece each half second until the connection ends. @returns the statuses that came, and after how long */
async function drip(url: string, head: string, piece: string) {
  const startedAt = performance.now();
  const socket = await open(url);
  const ending = readToEnd(socket);
  socket.write(head);
  const timer = setInterval(() => socket.write(piece), 500);
  const answer = await ending;
  clearInterval(timer);
  return { statuses: statusesOf(answer), seconds: (performance.now() - startedAt) / 1_000 };
}

// Beside what else takes its time.
describe.concurrent('a client that sends', () => {
  const dripped = { headers: NOTHING_SENT, body: NOTHING_SENT, nothing: NOTHING_SENT };
  let calls: readonly string[] = [];

  // All at once, for each takes its time.
  beforeAll(async () => {
    const upstream = await startScriptedUpstream(everyCollection);
    const gateway = await startGateway(upstream.url);
    [dripped.headers, dripped.body, dripped.nothing] = await Promise.all([
      drip(gateway.url, HEAD, 'X: y\r\n'),
      drip(gateway.url, `${HEAD}Content-Length: 1000\r\n\r\n`, ' '),
      drip(gateway.url, '', ''),
    ]);
    calls = upstream.requests.map(({ target }) => target);
    await gateway.stop();
    await upstream.close();
  }, 40_000);

  it('its headers for ever is cut off after 10 s', () => {
    expect(dripped.headers.statuses).toEqual([408]);
    expect(dripped.headers.seconds).toBeGreaterThan(9);
    expect(dripped.headers.seconds).toBeLessThan(15);
  });

  it('its body for ever is cut off after 20 s, and nothing is called', () => {
    expect(dripped.body.statuses).toEqual([408]);
    expect(dripped.body.seconds).toBeGreaterThan(19);
    expect(dripped.body.seconds).toBeLessThan(25);
    expect(calls).toEqual([]);
  });

  it('nothing at all is cut off as soon', () => {
    expect(dripped.nothing.seconds).toBeLessThan(15);
  });
});

describe.concurrent('an operation that DEADLINE_MS allows', () => {
  const seen = { serving: NOTHING_YET, draining: NOTHING_YET };

  // Both at once, for each takes its time.
  beforeAll(async () => {
    [seen.serving, seen.draining] = await Promise.all([
      run(LONG_MS, false),
      run(LONG_WHEN_DRAINING_MS, true),
    ]);
  }, 100_000);

  it(`is not cut off after ${LONG_MS} ms`, () => {
    expect(seen.serving).toEqual({ status: 200, clientDisconnected: false });
  });

  it('is not cut off while the gateway stops', () => {
    expect(seen.draining).toEqual({ status: 200, clientDisconnected: false });
  });
});

describe('an idle connection', () => {
  const GET = 'GET /livez HTTP/1.1\r\nHost: gateway.example\r\n\r\n';

  it('is kept for KEEP_ALIVE_MS', async () => {
    const { gateway } = await openFrontDoor(everyCollection, { KEEP_ALIVE_MS: '2000' });
    const startedAt = performance.now();
    const socket = await open(gateway.url);
    socket.write(GET);
    expect(await readToEnd(socket)).toContain('Keep-Alive: timeout=2\r\n');
    const seconds = (performance.now() - startedAt) / 1_000;
    expect(seconds).toBeGreaterThan(1.9);
    expect(seconds).toBeLessThan(10);
  });

  it('is kept for 65 s by default, and is told so', async () => {
    const { gateway } = await openFrontDoor(everyCollection);
    const socket = await open(gateway.url);
    const ending = readToEnd(socket);
    socket.write(GET);
    await delay(200);
    socket.destroy();
    expect(await ending).toContain('Keep-Alive: timeout=65\r\n');
  });
});
