import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { everyCollection, openFrontDoor } from '../../support/front-door.ts';
import { startGateway } from '../../support/gateway.ts';
import { startScriptedUpstream } from '../../support/scripted-upstream.ts';
import { open, readToEnd, say, statusesOf } from './raw-socket.ts';

const GET = 'GET /livez HTTP/1.1\r\nHost: gateway.example\r\n\r\n';
const HEAD = 'POST /graphql HTTP/1.1\r\nHost: gateway.example\r\nContent-Type: application/json\r\n';
const READ = '{ collection(id: "col_1") { name } }';
const NOTHING_YET = { statuses: [0], seconds: 0 };
const IDLE_SOCKETS = 2_000;

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

describe('a client that sends', () => {
  const dripped = { headers: NOTHING_YET, body: NOTHING_YET, nothing: NOTHING_YET };
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

describe('nobody else is hurt by', () => {
  it(`${IDLE_SOCKETS} connections that say nothing, little, or nothing more`, async () => {
    const { gateway, query } = await openFrontDoor(everyCollection);
    const words = ['', HEAD, GET, `${HEAD}Content-Length: 1000\r\n\r\n{`];
    const sockets = await Promise.all(
      Array.from({ length: IDLE_SOCKETS }, async (_, index) => {
        const socket = await open(gateway.url);
        socket.on('data', () => {});
        const word = words[index % words.length];
        if (word) socket.write(word);
        return socket;
      }),
    );
    await delay(100);
    expect(sockets.filter((socket) => socket.destroyed)).toEqual([]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => query(READ)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    for (const socket of sockets) socket.destroy();
  });

  it('clients that ask for much and read nothing of it', async () => {
    const { gateway, query } = await openFrontDoor(everyCollection);
    const readers = await Promise.all(Array.from({ length: 50 }, () => open(gateway.url)));
    for (const reader of readers) {
      reader.pause();
      reader.write(GET.repeat(2_000));
    }
    await delay(200);
    const answers = await Promise.all(Array.from({ length: 20 }, () => query(READ)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    for (const reader of readers) reader.destroy();
    expect(statusesOf(await say(gateway.url, GET))).toEqual([200]);
  });

  it('clients that leave in the middle of everything', async () => {
    const { gateway, query } = await openFrontDoor(everyCollection);
    const body = JSON.stringify({ query: READ });
    const whole = `${HEAD}Content-Length: ${body.length}\r\n\r\n${body}`;
    for (let cut = 1; cut <= whole.length; cut += 7) {
      const socket = await open(gateway.url);
      socket.write(whole.slice(0, cut), () => socket.resetAndDestroy());
    }
    expect((await query(READ)).status).toBe(200);
    expect(gateway.logLines.filter((line) => line.includes('"level":50'))).toEqual([]);
  });
});
