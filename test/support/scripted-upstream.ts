import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { type ReceivedRequest, takeRequest } from './received-request.ts';

/** What the upstream does with a request. */
export type Reply =
  | { readonly kind: 'write'; readonly bytes: Buffer; readonly then: 'keep' | 'close' | 'reset' }
  | { readonly kind: 'hang' };

export type Answer = (request: ReceivedRequest) => Reply | Promise<Reply>;

/** A server at a raw socket that answers by script and remembers every request. */
export interface ScriptedUpstream {
  /** Base URL with the path `/v1`. */
  readonly url: string;
  readonly port: number;
  readonly requests: ReceivedRequest[];
  /** Sockets that are open now. */
  readonly sockets: ReadonlySet<Socket>;
  /** Replaces the script. */
  answer: Answer;
  close(): Promise<void>;
}

/** An answer in JSON with its length, on a connection that stays open. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  return text(JSON.stringify(body), status, { 'content-type': 'application/json', ...headers });
}

/** An answer whose body is this text. */
export function text(body: string, status = 200, headers: Record<string, string> = {}): Reply {
  const bytes = Buffer.from(body);
  const lines = Object.entries({ 'content-length': String(bytes.length), ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const head = `HTTP/1.1 ${status} Scripted\r\n${lines.join('')}\r\n`;
  return raw(Buffer.concat([Buffer.from(head), bytes]), 'keep');
}

/** Bytes as they are, and what happens to the connection behind them. */
export function raw(bytes: string | Uint8Array, then: 'keep' | 'close' | 'reset' = 'close'): Reply {
  return { kind: 'write', bytes: Buffer.from(bytes), then };
}

/** No answer, ever. */
export const hang: Reply = { kind: 'hang' };
/** The connection is reset with no answer. */
export const reset: Reply = raw('', 'reset');

/** Starts a scripted upstream on any free port of the loopback. */
export async function startScriptedUpstream(
  answer: Answer,
  port = 0,
  host = '127.0.0.1',
): Promise<ScriptedUpstream> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    serve(socket, upstream);
  });
  server.listen(port, host);
  await once(server, 'listening');
  const address = portOf(server);
  const upstream: ScriptedUpstream = {
    url: `http://${host}:${address}/v1`,
    port: address,
    requests: [],
    sockets,
    answer,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  return upstream;
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the scripted upstream has no port');
  return address.port;
}

function serve(socket: Socket, upstream: ScriptedUpstream): void {
  let received: Buffer = Buffer.alloc(0);
  let turn = Promise.resolve();
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (let taken = takeRequest(received, socket); taken; taken = takeRequest(received, socket)) {
      received = taken.rest;
      const { request } = taken;
      upstream.requests.push(request);
      turn = turn.then(async () => carryOut(await upstream.answer(request), socket));
    }
  });
}

function carryOut(reply: Reply, socket: Socket): void {
  if (reply.kind === 'hang' || socket.destroyed) return;
  if (reply.then === 'reset') {
    if (reply.bytes.length === 0) socket.resetAndDestroy();
    else socket.write(reply.bytes, () => setTimeout(() => socket.resetAndDestroy(), 5));
  } else if (reply.then === 'close') socket.end(reply.bytes);
  else socket.write(reply.bytes);
}
