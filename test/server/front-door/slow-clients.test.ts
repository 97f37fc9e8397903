import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { everyCollection, openFrontDoor } from '../../support/front-door.ts';
import { open, say, statusesOf } from './raw-socket.ts';

const GET = 'GET /livez HTTP/1.1\r\nHost: gateway.example\r\n\r\n';
const HEAD = 'POST /graphql HTTP/1.1\r\nHost: gateway.example\r\nContent-Type: application/json\r\n';
const READ = '{ collection(id: "col_1") { name } }';
const IDLE_SOCKETS = 2_000;

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
