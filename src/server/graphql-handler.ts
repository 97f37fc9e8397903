import type { ServerResponse } from 'node:http';
import type { Logger } from '../shared/logger.ts';
import { fail, type Result } from '../shared/result.ts';
import type { Authenticator } from './auth/authenticator.ts';
import type { Caller } from './auth/caller.ts';
import { refuse } from './edge/answer.ts';
import { checkQueryString } from './edge/check-query-string.ts';
import type { HttpExchange } from './edge/http-exchange.ts';
import { readBody } from './edge/read-body.ts';
import type { Refusal } from './edge/refusal.ts';
import type { GraphQLServer } from './graphql-server.ts';
import type { LoginLimiter } from './limits/login-limiter.ts';
import { type Operation, startOperation } from './request/operation.ts';
import type { Telemetry } from './request/telemetry.ts';

/** What stands before GraphQL. */
export interface GraphqlHandlerOptions {
  readonly graphql: GraphQLServer;
  readonly authenticate: Authenticator;
  readonly loginLimiter: LoginLimiter;
  readonly logger: Logger;
  readonly telemetry: Telemetry;
  readonly deadlineMs: number;
  readonly maxBodyBytes: number;
}

/** Makes the handler of `/graphql`: who is it, what do they send, then GraphQL; one line in the log for each. */
export function createGraphqlHandler(options: GraphqlHandlerOptions): (exchange: HttpExchange) => void {
  return (exchange) => void answer(exchange, options);
}

async function answer(exchange: HttpExchange, options: GraphqlHandlerOptions): Promise<void> {
  const { req, res, requestId } = exchange;
  const { graphql, logger, deadlineMs, telemetry } = options;
  const startedAt = performance.now();
  // Both lanes know one spelling of the path.
  req.url = `/graphql${exchange.target.search}`;
  const operation = startOperation(exchange, deadlineMs, telemetry);
  try {
    const request = await receive(req, operation, options);
    if (request.ok) await graphql(req, res, request.value, operation);
    else refuseOperation(exchange, request.failure, operation);
  } catch (err) {
    if (!req.destroyed) logger.error({ err, requestId }, 'the GraphQL server failed');
    res.destroy();
  } finally {
    conclude(operation, res, performance.now() - startedAt, logger);
  }
}

function refuseOperation(exchange: HttpExchange, refusal: Refusal, operation: Operation): void {
  operation.errorCodes.push(refusal.code);
  refuse(exchange, refusal);
}

type Received = Result<string | null, Refusal>;

// What is at hand is not waited for: most callers are known at once.
function receive(
  req: HttpExchange['req'],
  operation: Operation,
  options: GraphqlHandlerOptions,
): Received | Promise<Received> {
  if (req.method !== 'POST' && req.method !== 'GET') return fail(METHOD_NOT_ALLOWED);
  const caller = options.authenticate(req);
  return caller instanceof Promise
    ? caller.then((identified) => receiveFrom(identified, req, operation, options))
    : receiveFrom(caller, req, operation, options);
}

function receiveFrom(
  caller: Result<Caller, Refusal>,
  req: HttpExchange['req'],
  operation: Operation,
  { loginLimiter, maxBodyBytes }: GraphqlHandlerOptions,
): Received | Promise<Received> {
  if (!caller.ok) return fail(loginLimiter.count(req, caller.failure));
  operation.caller = caller.value;
  return req.method === 'POST' ? readBody(req, maxBodyBytes) : checkQueryString(req);
}

const METHOD_NOT_ALLOWED: Refusal = {
  status: 405,
  code: 'BAD_USER_INPUT',
  message: 'GraphQL takes POST, and GET for queries.',
  headers: { allow: 'GET, POST' },
};

// A document may name its operation with thousands of characters.
const MAX_NAME_LENGTH = 128;

function conclude(operation: Operation, res: ServerResponse, durationMs: number, logger: Logger): void {
  const { scope, caller, hash, type, errorCodes } = operation;
  const name = operation.name?.slice(0, MAX_NAME_LENGTH) ?? null;
  const { requestId, tally } = scope;
  const clientDisconnected = scope.signal.aborted;
  const status = res.statusCode;
  operation.observer.operationEnded({
    name,
    type,
    status,
    errorCodes,
    tally,
    durationMs,
    clientDisconnected,
  });
  const line = {
    requestId,
    caller: caller.name,
    operation: name,
    hash,
    type,
    status,
    clientDisconnected,
    durationMs: Math.round(durationMs * 10) / 10,
    upstreamCalls: tally.attempts,
    retries: tally.retries,
    shared: tally.shared,
    cached: tally.cached,
    // What is seldom is left out where it is not.
    stale: tally.stale || undefined,
    unconfirmed: tally.unconfirmed || undefined,
    errorCodes: errorCodes.length > 0 ? errorCodes : undefined,
  };
  logger.info(line, 'operation');
}
