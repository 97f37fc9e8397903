import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { refusalAnswer, UNIVERSAL_HEADERS } from './answer.ts';
import { HEAD_TOO_LARGE } from './check-request.ts';
import type { Cors } from './cors.ts';
import { negotiate } from './media-type.ts';

const ORIGIN = /\r\norigin:([^\r\n]*)\r\n/i;
const END_OF_HEAD = '\r\n\r\n';
// Browsers send less; who sends more than this has no page that waits for the answer.
const MAX_READ_BYTES = 1_048_576;
// No origin with its line is longer.
const KEPT_CHARACTERS = 1_024;

/**
 * Refuses a request whose head is so large that Node has stopped parsing it. Browsers send `Origin` behind the headers of
 * the page, so the head is read to its end, and forgotten at once: then the page can read the refusal.
 * @param rest the bytes at which Node has stopped, and what came with them
 */
export function refuseOversizedHead(socket: Socket, rest: Buffer, cors: Cors): void {
  let window = '';
  let readBytes = 0;
  let origin: string | undefined;
  const refuse = (): void => {
    socket.removeListener('data', read);
    // Unread bytes would reset the connection before the answer is taken.
    socket.resume().end(writeRefusal(cors.headersFor(origin)));
  };
  const read = (chunk: Buffer): void => {
    readBytes += chunk.length;
    window += chunk.toString('latin1');
    const end = window.indexOf(END_OF_HEAD);
    const head = end === -1 ? window : window.slice(0, end + END_OF_HEAD.length);
    origin ??= ORIGIN.exec(head)?.[1]?.trim();
    if (end !== -1 || readBytes > MAX_READ_BYTES) return refuse();
    window = window.slice(-KEPT_CHARACTERS);
  };
  // Node's parser would stop at each further byte again.
  socket.removeAllListeners('data');
  socket.on('data', read);
  read(rest);
}

function writeRefusal(corsHeaders: Readonly<Record<string, string>>): string {
  const requestId = randomUUID();
  const { status, headers, body } = refusalAnswer(HEAD_TOO_LARGE, negotiate(undefined), requestId);
  const length = String(Buffer.byteLength(body));
  const own = { 'x-request-id': requestId, 'content-length': length };
  const lines = Object.entries({ ...UNIVERSAL_HEADERS, ...corsHeaders, ...headers, ...own });
  const head = lines.map(([name, value]) => `${name}: ${value}`).join('\r\n');
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head}\r\n\r\n${body}`;
}
