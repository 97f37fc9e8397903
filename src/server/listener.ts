import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '../shared/logger.ts';
import type { GraphQLServer } from './graphql-server.ts';
import { type Operation, startOperation } from './operation.ts';
import { refuse } from './refuse.ts';

/** What the public listener serves. */
export interface ListenerOptions {
  readonly graphql: GraphQLServer;
  /** Answers what belongs to GraphiQL and says whether it did; `null` when it is off. */
  readonly graphiql: ((req: IncomingMessage, res: ServerResponse) => boolean) | null;
  readonly logger: Logger;
  readonly deadlineMs: number;
}

/** The public listener: `/graphql`, `/livez`, `/readyz`. */
export interface Listener {
  /** Starts to listen; resolves with the address. */
  listen(port: number, host: string): Promise<AddressInfo>;
  /** Takes no new connection, lets what is in flight finish, then resolves. */
  drain(): Promise<void>;
}

const HOST = /^([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?$/;

/** Builds the HTTP server; nothing listens before `listen`. */
export function createListener(options: ListenerOptions): Listener {
  let isDraining = false;
  const server = createServer((req, res) => {
    if (isDraining) res.setHeader('connection', 'close');
    res.setHeader('cache-control', 'no-store');
    res.setHeader('x-content-type-options', 'nosniff');
    route(req, res, options, !isDraining);
  });
  return {
    listen: (port, host) => listen(server, port, host),
    drain: () => {
      isDraining = true;
      return new Promise((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function route(req: IncomingMessage, res: ServerResponse, options: ListenerOptions, isReady: boolean): void {
  if (!HOST.test(req.headers.host ?? ''))
    return refuse(req, res, 400, 'The Host header is missing or malformed.');
  const path = req.url?.split('?', 1)[0];
  if (path === '/livez') return answerHealth(res, 200, 'alive');
  if (path === '/readyz')
    return isReady ? answerHealth(res, 200, 'ready') : answerHealth(res, 503, 'draining');
  if (options.graphiql?.(req, res)) return;
  if (path !== '/graphql') return refuse(req, res, 404, 'Nothing is here: GraphQL is at /graphql.');
  answerGraphql(req, res, options);
}

function answerHealth(res: ServerResponse, status: number, text: string): void {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify({ status: text }));
}

function answerGraphql(
  req: IncomingMessage,
  res: ServerResponse,
  { graphql, logger, deadlineMs }: ListenerOptions,
): void {
  const startedAt = performance.now();
  const operation = startOperation(req, res, deadlineMs);
  res.setHeader('x-request-id', operation.scope.requestId);
  graphql(req, res, operation)
    .catch((err: unknown) => {
      logger.error({ err, requestId: operation.scope.requestId }, 'the GraphQL server failed');
      res.destroy();
    })
    .finally(() => {
      logger.info(logFields(operation, res, performance.now() - startedAt), 'operation');
    });
}

function logFields({ scope, name, type, errorCodes }: Operation, res: ServerResponse, durationMs: number) {
  return {
    requestId: scope.requestId,
    operation: name,
    type,
    status: res.statusCode,
    left: scope.signal.aborted,
    durationMs: Math.round(durationMs * 10) / 10,
    upstream: scope.tally,
    ...(errorCodes.length > 0 ? { errorCodes } : {}),
  };
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address);
      else reject(new Error('the listener has no TCP address'));
    });
  });
}
