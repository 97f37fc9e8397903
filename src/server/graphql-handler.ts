import type { OperationLogger, PlainFields } from '../shared/logger.ts';
import { fail, type Result, succeed } from '../shared/result.ts';
import type { Authenticator } from './auth/authenticator.ts';
import type { Caller } from './auth/caller.ts';
import { type Answer, refusalAnswer, sendAnswer } from './edge/answer.ts';
import type { HttpExchange } from './edge/http-exchange.ts';
import { readBody } from './edge/read-body.ts';
import type { Refusal } from './edge/refusal.ts';
import type { GraphQLServer } from './graphql-server.ts';
import type { LoginLimiter } from './limits/login-limiter.ts';
import type { SentRequest } from './request/graphql-request.ts';
import { type Operation, startOperation } from './request/operation.ts';
import type { OperationFacts, Telemetry } from './request/telemetry.ts';

/** What stands before GraphQL. */
export interface GraphqlHandlerOptions {
  readonly graphql: GraphQLServer;
  readonly authenticate: Authenticator;
  readonly loginLimiter: LoginLimiter;
  readonly logger: OperationLogger;
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
  const operation = startOperation(exchange, deadlineMs, telemetry);
  let errorCodes: Answer['errorCodes'] = [];
  try {
    const sent = await receive(exchange, operation, options);
    const answered = sent.ok
      ? await graphql(sent.value, operation)
      : refusalAnswer(sent.failure, operation.mediaType, requestId);
    ({ errorCodes } = answered);
    sendAnswer(exchange, answered);
  } catch (err) {
    if (!req.destroyed) logger.error({ err, requestId }, 'the GraphQL server failed');
    res.destroy();
  } finally {
    const ending = { status: res.statusCode, errorCodes, durationMs: performance.now() - startedAt };
    conclude(operation, ending, logger);
  }
}

type Received = Result<SentRequest, Refusal>;

// What is at hand is not waited for: most callers are known at once.
function receive(
  exchange: HttpExchange,
  operation: Operation,
  options: GraphqlHandlerOptions,
): Received | Promise<Received> {
  const { method } = exchange.req;
  if (method !== 'POST' && method !== 'GET') return fail(METHOD_NOT_ALLOWED);
  const caller = options.authenticate(exchange.req);
  return caller instanceof Promise
    ? caller.then((identified) => receiveFrom(identified, method, exchange, operation, options))
    : receiveFrom(caller, method, exchange, operation, options);
}

function receiveFrom(
  caller: Result<Caller, Refusal>,
  method: SentRequest['method'],
  { req, target }: HttpExchange,
  operation: Operation,
  { loginLimiter, maxBodyBytes }: GraphqlHandlerOptions,
): Received | Promise<Received> {
  if (!caller.ok) return fail(loginLimiter.count(req, caller.failure));
  const { account } = caller.value;
  operation.caller = caller.value;
  operation.scope.caller = caller.value.name;
  if (account !== null) operation.observer.accountKnown(account);
  if (method === 'GET') return succeed({ method, text: target.search });
  return readBody(req, maxBodyBytes).then((body) => (body.ok ? succeed({ method, text: body.value }) : body));
}

const METHOD_NOT_ALLOWED: Refusal = {
  status: 405,
  code: 'BAD_USER_INPUT',
  message: 'GraphQL takes POST, and GET for queries.',
  headers: { allow: 'GET, POST' },
};

type Ending = Pick<OperationFacts, 'status' | 'errorCodes' | 'durationMs'>;

function conclude(operation: Operation, ending: Ending, logger: OperationLogger): void {
  const facts = factsOf(operation, ending);
  operation.observer.operationEnded(facts);
  logger.operation(logFieldsOf(operation, facts));
}

// A document may name its operation with thousands of characters.
const MAX_NAME_LENGTH = 128;

function factsOf(operation: Operation, { status, errorCodes, durationMs }: Ending): OperationFacts {
  return {
    name: operation.name?.slice(0, MAX_NAME_LENGTH) ?? null,
    type: operation.type,
    status,
    errorCodes,
    tally: operation.scope.tally,
    durationMs,
    clientDisconnected: operation.clientDisconnected(),
  };
}

function logFieldsOf({ scope, caller, hash }: Operation, facts: OperationFacts): PlainFields {
  const { tally, errorCodes } = facts;
  return {
    requestId: scope.requestId,
    caller: caller.name,
    account: caller.account,
    operation: facts.name,
    hash,
    type: facts.type,
    status: facts.status,
    clientDisconnected: facts.clientDisconnected,
    durationMs: Math.round(facts.durationMs * 10) / 10,
    upstreamCalls: tally.attempts,
    retries: tally.retries,
    shared: tally.shared,
    cached: tally.cached,
    // What is seldom is left out where it is not.
    stale: tally.stale || undefined,
    unconfirmed: tally.unconfirmed || undefined,
    errorCodes: errorCodes.length > 0 ? errorCodes : undefined,
  };
}
