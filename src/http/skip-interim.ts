import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';

const START = 'HTTP/1.1 1';
// The start with a whole status. After a 101 the connection would speak another protocol.
const INTERIM = /^HTTP\/1\.1 1(?!01)\d\d$/;
const STATUS_LENGTH = 12;
const STATUS_AT = 9;
const ONE = 0x31;
const END = '\r\n\r\n';
const MAX_HEAD_BYTES = 16_384;
const NOTHING = Buffer.alloc(0);

/**
 * Makes sockets that pass over interim answers (1xx). undici ends a connection at a 100 that it has not asked for, which
 * would leave the outcome of a create unknown; but a client must stand it (RFC 9110, 15.2), and some proxies send it.
 */
export function skippingInterim(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) =>
    connect(options, (...result) => {
      const [, socket] = result;
      if (socket) skipInterimOn(socket);
      callback(...result);
    });
}

// undici reads its sockets by `read` alone, and several times for an answer.
function skipInterimOn(socket: Socket): void {
  const read = socket.read.bind(socket);
  let bytesWritten = 0;
  let awaitsHead = false;
  let held: Buffer = NOTHING;
  socket.read = (size) => {
    const chunk: unknown = read(size);
    if (!Buffer.isBuffer(chunk)) return chunk;
    // Only what follows a request can be the head of an answer; anything else is the rest of one.
    const written = socket.bytesWritten;
    awaitsHead ||= written !== bytesWritten;
    bytesWritten = written;
    if (!awaitsHead) return chunk;
    const received = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    const rest = behindInterim(received);
    awaitsHead = rest.length <= MAX_HEAD_BYTES && mayBeInterim(rest);
    held = awaitsHead ? rest : NOTHING;
    return awaitsHead ? null : rest;
  };
}

/** What stands behind the interim answers that are whole. */
function behindInterim(bytes: Buffer): Buffer {
  let rest = bytes;
  while (mayBeInterim(rest)) {
    const end = rest.indexOf(END);
    if (end === -1) break;
    rest = rest.subarray(end + END.length);
  }
  return rest;
}

// So is nothing yet. Nearly every answer is told from one by the first digit of its status.
function mayBeInterim(bytes: Buffer): boolean {
  if (bytes.length > STATUS_AT && bytes[STATUS_AT] !== ONE) return false;
  const start = bytes.toString('latin1', 0, STATUS_LENGTH);
  if (start.length === STATUS_LENGTH) return INTERIM.test(start);
  return START.startsWith(start.slice(0, START.length));
}
