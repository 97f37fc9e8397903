import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { ShortLivedMap } from '../../shared/short-lived-map.ts';
import { refuse } from './answer.ts';
import { checkRequest } from './check-request.ts';
import type { Cors } from './cors.ts';
import { closeWhenIdle } from './drain.ts';
import { answerHealth } from './health.ts';
import { type HttpExchange, openExchange } from './http-exchange.ts';
import { listen } from './listen.ts';
import { refuseOversizedHead } from './oversized-head.ts';
import type { Refusal } from './refusal.ts';
import type { WaitingAnswers } from './waiting-answers.ts';

/** What the public listener serves. */
export interface ListenerOptions {
  readonly graphql: (exchange: HttpExchange) => void;
  readonly cors: Cors;
  readonly waiting: WaitingAnswers;
  /** What of the gateway's surroundings is not well; it serves all the same. */
  readonly degraded: () => readonly string[];
  /** How long to go on serving after readiness has ended, for load balancers to notice. Milliseconds. */
  readonly drainDelayMs: number;
  /** How long one operation may take. Milliseconds. */
  readonly deadlineMs: number;
  /** How long an idle connection is kept. Milliseconds. */
  readonly keepAliveMs: number;
  /** Answers what belongs to GraphiQL and says whether it did; `null` when it is off. */
  readonly graphiql: ((exchange: HttpExchange) => boolean) | null;
  /** Answers what belongs to an embedded sandbox and says whether it did; `null` when there is none. */
  readonly sandbox: ((exchange: HttpExchange) => boolean) | null;
}

/** The public listener: `/graphql`, `/livez`, `/readyz`, and `/` for who asks for readiness there. */
export interface Listener {
  /** Starts to listen; resolves with the address. */
  listen(port: number, host: string): Promise<AddressInfo>;
  /** Is not ready any more at once, lets what is in flight finish, takes no new connection then; resolves after that. */
  drain(): Promise<void>;
}

const MAX_CONNECTIONS = 10_000;
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  connectionsCheckingInterval: 1_000,
  // Beyond what is taken, so that the refusal is an answer like the others and a page can read it.
  maxHeaderSize: 131_072,
  // Checked here, so that the refusal is an answer like the others.
  requireHostHeader: false,
};
// Ends a reader that takes nothing.
const SOCKET_IDLE_MS = 70_000;
// An operation may be silent for as long as it may take.
const BEYOND_DEADLINE_MS = 10_000;

/** Builds the HTTP server; nothing listens before `listen`. */
export function createListener(options: ListenerOptions): Listener {
  const connections = { areEnding: false, waiting: options.waiting };
  const answering = new ShortLivedMap<number, ServerResponse>();
  let requests = 0;
  const limits = { ...LIMITS, keepAliveTimeout: options.keepAliveMs };
  const server = createServer(limits, (req, res) => {
    requests += 1;
    const id = requests;
    answering.set(id, res);
    res.on('close', () => answering.delete(id));
    route(openExchange(req, res, connections), options);
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.timeout = Math.max(SOCKET_IDLE_MS, options.deadlineMs + BEYOND_DEADLINE_MS);
  server.on('clientError', (error: ClientError, socket: Socket) =>
    refuseBrokenRequest(error, socket, options.cors),
  );
  return {
    listen: (port, host) => listen(server, port, host),
    drain: () => {
      connections.areEnding = true;
      return closeWhenIdle(server, answering, options);
    },
  };
}

function route(exchange: HttpExchange, options: ListenerOptions): void {
  options.cors.addHeaders(exchange);
  const refusal = checkRequest(exchange);
  if (refusal) return refuse(exchange, refusal);
  if (options.cors.answerPreflight(exchange)) return;
  if (answerHealth(exchange, options.degraded)) return;
  if (options.graphiql?.(exchange) || options.sandbox?.(exchange)) return;
  if (!GRAPHQL_PATHS.has(exchange.target.path)) return refuse(exchange, NOT_FOUND);
  options.graphql(exchange);
}

const GRAPHQL_PATHS: ReadonlySet<string> = new Set(['/graphql', '/graphql/']);

const NOT_FOUND: Refusal = {
  status: 404,
  code: 'NOT_FOUND',
  message: 'Nothing is here: GraphQL is at /graphql.',
};

interface ClientError extends NodeJS.ErrnoException {
  /** The bytes in which the parser has stopped. */
  readonly rawPacket?: Buffer;
}

// What is no HTTP gets the barest answer that is.
function refuseBrokenRequest({ code, rawPacket }: ClientError, socket: Socket, cors: Cors): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  if (code === 'HPE_HEADER_OVERFLOW' && rawPacket) return refuseOversizedHead(socket, rawPacket, cors);
  const status = code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
}
