import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { ShortLivedMap } from '../shared/short-lived-map.ts';
import { listen } from './listen.ts';
import type { Refusal } from './refusal.ts';
import { refuse } from './refuse.ts';
import { requestIdOf } from './request-id.ts';
import { writeAnswer } from './write-answer.ts';

/** What the public listener serves. */
export interface ListenerOptions {
  readonly graphql: (req: IncomingMessage, res: ServerResponse) => void;
  /** What of the gateway's surroundings is not well; it serves all the same. */
  readonly degraded: () => readonly string[];
  /** How long to go on serving after readiness has ended, for load balancers to notice. Milliseconds. */
  readonly drainDelayMs: number;
  /** Answers what belongs to GraphiQL and says whether it did; `null` when it is off. */
  readonly graphiql: ((req: IncomingMessage, res: ServerResponse) => boolean) | null;
}

/** The public listener: `/graphql`, `/livez`, `/readyz`. */
export interface Listener {
  /** Starts to listen; resolves with the address. */
  listen(port: number, host: string): Promise<AddressInfo>;
  /** Is not ready any more at once, lets what is in flight finish, takes no new connection then; resolves after that. */
  drain(): Promise<void>;
}

const MAX_DRAIN_MS = 12_000;
// For a request that is on its way on a connection that is open already.
const ARRIVAL_MS = 300;
const QUIET_TURN_MS = 0.1;
const MAX_TURNS = 50;
const MAX_LINGER_MS = 6_000;
const DRAIN_POLL_MS = 20;
const HOST = /^([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?$/;
const MAX_CONNECTIONS = 10_000;
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  connectionsCheckingInterval: 1_000,
  // Longer than the idle time of common load balancers, so that they close first.
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16_384,
  // Checked here, so that the refusal is an answer like the others.
  requireHostHeader: false,
};
// Also ends a reader that takes nothing.
const SOCKET_IDLE_MS = 70_000;

/** Builds the HTTP server; nothing listens before `listen`. */
export function createListener(options: ListenerOptions): Listener {
  let isDraining = false;
  const answering = new ShortLivedMap<number, ServerResponse>();
  let requests = 0;
  const server = createServer(LIMITS, (req, res) => {
    requests += 1;
    const id = requests;
    answering.set(id, res);
    res.on('close', () => answering.delete(id));
    if (isDraining) res.setHeader('connection', 'close');
    route(req, res, options, !isDraining);
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.timeout = SOCKET_IDLE_MS;
  server.on('clientError', refuseBrokenRequest);
  return {
    listen: (port, host) => listen(server, port, host),
    drain: () => {
      isDraining = true;
      for (const res of answering.values()) if (!res.headersSent) res.setHeader('connection', 'close');
      return closeWhenIdle(server, answering, options.drainDelayMs);
    },
  };
}

// While answers are being made, who asks whether the gateway is ready is still told that it is not.
async function closeWhenIdle(
  server: Server,
  answering: { readonly size: number },
  drainDelayMs: number,
): Promise<void> {
  await setTimeout(drainDelayMs);
  const latest = performance.now() + MAX_DRAIN_MS;
  while (answering.size > 0 && performance.now() < latest) await setTimeout(DRAIN_POLL_MS);
  await quietTurn();
  // The server's own `close` would also end connections whose first request is still to come.
  const closed = new Promise<void>((resolve) => {
    NetServer.prototype.close.call(server, () => resolve());
  });
  await Promise.race([closed, setTimeout(ARRIVAL_MS, undefined, { ref: false })]);
  server.close();
  // Who does not even take its answer is cut off.
  await Promise.race([closed, setTimeout(MAX_LINGER_MS, undefined, { ref: false })]);
  server.closeAllConnections();
  await closed;
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

function route(req: IncomingMessage, res: ServerResponse, options: ListenerOptions, isReady: boolean): void {
  if (!hasOneGoodHost(req)) return turnAway(req, res, BAD_HOST);
  const path = req.url?.split('?', 1)[0];
  if (path === '/livez') return answerHealth(res, 200, { status: 'alive' });
  if (path === '/readyz') {
    const status = isReady ? 'ready' : 'draining';
    return answerHealth(res, isReady ? 200 : 503, { status, degraded: options.degraded() });
  }
  if (options.graphiql?.(req, res)) return;
  if (path !== '/graphql') return turnAway(req, res, NOT_FOUND);
  options.graphql(req, res);
}

function hasOneGoodHost({ headers, rawHeaders }: IncomingMessage): boolean {
  if (!HOST.test(headers.host ?? '')) return false;
  return rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === 'host').length === 1;
}

const BAD_HOST: Refusal = {
  status: 400,
  code: 'BAD_USER_INPUT',
  message: 'The request must have exactly one Host header, and a well-formed one.',
};

const NOT_FOUND: Refusal = {
  status: 404,
  code: 'NOT_FOUND',
  message: 'Nothing is here: GraphQL is at /graphql.',
};

function turnAway(req: IncomingMessage, res: ServerResponse, refusal: Refusal): void {
  refuse(req, res, refusal, requestIdOf(req));
}

function answerHealth(res: ServerResponse, status: number, health: object): void {
  writeAnswer(res, status, { 'content-type': 'application/json' }, JSON.stringify(health));
}

// What is no HTTP gets the barest answer that is.
function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUS_LINES.get(error.code) ?? '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
}

const STATUS_LINES: ReadonlyMap<string | undefined, string> = new Map([
  ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large'],
  ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout'],
]);
