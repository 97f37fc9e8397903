import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { BODY_CANARY } from './canaries.ts';
import type { ReceivedRequest } from './received-request.ts';
import { hang, json, type Reply, raw, text } from './scripted-upstream.ts';
import { wireCollection } from './wire-collection.ts';

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const BODY = JSON.stringify({ collection: wireCollection({ name: BODY_CANARY }) });
const HONEST = JSON.stringify({ collection: wireCollection() });
const DRIP_INTERVAL_MS = 100;

/** How an upstream fails one request. */
export type Fault = (request: ReceivedRequest) => Reply;

export const closeUnanswered: Fault = () => raw('');
export const resetInHeaders: Fault = () => raw('HTTP/1.1 200 OK\r\ncontent-le', 'reset');
export const resetInBody: Fault = () => raw(`${HEAD}content-length: 1000\r\n\r\n{"collection"`, 'reset');
export const shortBody: Fault = () => raw(`${HEAD}content-length: ${BODY.length + 10}\r\n\r\n${BODY}`);
export const endlessBody: Fault = () =>
  raw(`${HEAD}content-length: ${BODY.length + 10}\r\n\r\n${BODY}`, 'keep');
export const unendedChunks: Fault = () => raw(`${HEAD}transfer-encoding: chunked\r\n\r\n5\r\n{"col\r\n`);
export const badChunks: Fault = () =>
  raw(`${HEAD}transfer-encoding: chunked\r\n\r\n${BODY_CANARY}\r\n`, 'keep');
export const twoLengths: Fault = () =>
  raw(`${HEAD}content-length: 2\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`, 'keep');
export const notHttp: Fault = () => raw(`SSH-2.0-${BODY_CANARY}\r\n`, 'keep');
export const hugeHeaders: Fault = () =>
  raw(`${HEAD}x-long: ${'a'.repeat(100_000)}\r\ncontent-length: 2\r\n\r\n{}`, 'keep');

/** The headers, then one byte at a time. */
export const drip: Fault = ({ socket }) => {
  socket.write(`${HEAD}content-length: ${BODY.length}\r\n\r\n`);
  let sent = 0;
  const timer = setInterval(() => {
    if (socket.destroyed) clearInterval(timer);
    else socket.write(BODY.charAt(sent));
    sent += 1;
  }, DRIP_INTERVAL_MS);
  timer.unref();
  return hang;
};

/** An honest body in an encoding that was not asked for. */
export const gzipped: Fault = () => {
  const bytes = gzipSync(BODY);
  const head = `${HEAD}content-encoding: gzip\r\ncontent-length: ${bytes.length}\r\n\r\n`;
  return raw(Buffer.concat([Buffer.from(head), bytes]), 'keep');
};

/** 50 MB in 50 KB, closed by the server. */
export const gzipBomb: Fault = () => {
  const head = `${HEAD}content-encoding: gzip\r\ncontent-length: ${BOMB.length}\r\n\r\n`;
  return raw(Buffer.concat([Buffer.from(head), BOMB]), 'close');
};
const BOMB = gzipSync(Buffer.alloc(50_000_000));

/** Answers that are not final, and the honest one behind them. */
export function behind(...heads: readonly string[]): Fault {
  return () => raw(Buffer.concat([interim(heads), honest]), 'keep');
}

/** The same, but what is not final comes one byte at a time. */
export function slowlyBehind(...heads: readonly string[]): Fault {
  return ({ socket }) => {
    void writeSlowly(socket, interim(heads));
    return hang;
  };
}

const honest = Buffer.from(`${HEAD}content-length: ${HONEST.length}\r\n\r\n${HONEST}`);

function interim(heads: readonly string[]): Buffer {
  return Buffer.from(heads.map((head) => `HTTP/1.1 ${head}\r\n\r\n`).join(''));
}

async function writeSlowly(socket: Socket, bytes: Buffer): Promise<void> {
  for (const byte of bytes) {
    socket.write(Buffer.of(byte));
    await setImmediate();
  }
  socket.write(honest);
}

/** An honest answer that says something else of the coding of its body. */
export function saidToBeIn(coding: string): Fault {
  return () => text(HONEST, 200, { 'content-encoding': coding });
}

/** An honest answer behind a byte order mark. */
export const behindMark: Fault = () => text(`\ufeff${HONEST}`);

/** A body that goes on as long as anyone reads. @param megabytes how much is said and sent at most */
export function flood(megabytes: number, withLength: boolean): Fault {
  const megabyte = Buffer.alloc(1_000_000, ' ');
  return ({ socket }) => {
    const length = withLength
      ? `content-length: ${megabytes * megabyte.length}\r\n`
      : 'connection: close\r\n';
    socket.write(`${HEAD}${length}\r\n`);
    let left = megabytes;
    const pour = (): void => {
      while (left > 0 && !socket.destroyed) {
        left -= 1;
        if (!socket.write(megabyte)) return void socket.once('drain', pour);
      }
    };
    pour();
    return hang;
  };
}

export const html: Fault = () =>
  text(`<!doctype html><title>${BODY_CANARY}</title>`, 200, { 'content-type': 'text/html' });
export const brokenJson: Fault = () => text(`{"collection": {"name": "${BODY_CANARY}"`);
export const invalidUtf8: Fault = () =>
  raw(
    Buffer.concat([Buffer.from(`${HEAD}content-length: 4\r\n\r\n"`), Buffer.from([0xff, 0xfe, 0x22])]),
    'keep',
  );

/** A status with a body that nobody may repeat, as HTML. */
export function status(code: number, headers: Record<string, string> = {}): Fault {
  return () => text(`<h1>${BODY_CANARY}</h1>`, code, { 'content-type': 'text/html', ...headers });
}

/** A 200 with this JSON. */
export function body(value: unknown): Fault {
  return () => json(value);
}
