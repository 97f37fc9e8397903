import { GraphQLError } from 'graphql';
import { GatewayError } from '../shared/gateway-error.ts';

/** What an error looks like from outside, and what is to be logged of it. */
export interface PresentedError {
  readonly error: GraphQLError;
  readonly code: string;
  /** What must not leave the gateway, for the log. */
  readonly cause: unknown;
}

const CODES: Readonly<Record<string, string>> = {
  GRAPHQL_PARSE_FAILED: 'GRAPHQL_PARSE_FAILED',
  GRAPHQL_VALIDATION_FAILED: 'GRAPHQL_VALIDATION_FAILED',
  REQUEST_ENTITY_TOO_LARGE: 'LIMIT_EXCEEDED',
};

/**
 * Turns an error of any origin into one that may be shown: nothing passes but its message, place and code, and
 * the message only where it was written for the outside.
 * @param keepSpecStatus whether the client wants status 200 for errors in a document (`application/json`)
 */
export function presentError(
  error: GraphQLError,
  requestId: string,
  keepSpecStatus: boolean,
): PresentedError {
  const origin = originOf(error);
  if (origin instanceof GatewayError) {
    const extensions = { code: origin.code, requestId, ...origin.hints, ...retryAfterHeader(origin) };
    return { error: rebuild(error, origin.message, extensions), code: origin.code, cause: origin.cause };
  }
  if (!(origin instanceof GraphQLError)) {
    const code = 'INTERNAL_SERVER_ERROR';
    const message = 'Something went wrong in the gateway. Tell its operator the request id.';
    return { error: rebuild(error, message, { code, requestId }), code, cause: origin };
  }
  const code = CODES[String(origin.extensions['code'])] ?? 'BAD_USER_INPUT';
  const http = httpOf(origin, keepSpecStatus);
  return { error: rebuild(error, origin.message, { code, requestId, ...http }), code, cause: null };
}

function originOf(error: GraphQLError): unknown {
  let origin: unknown = error;
  while (origin instanceof GraphQLError && origin.originalError !== undefined) origin = origin.originalError;
  return origin;
}

function retryAfterHeader({ hints: { retryAfterMs } }: GatewayError): object {
  if (retryAfterMs === undefined) return {};
  return { http: { headers: { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1000))) } } };
}

// yoga reads the answer's status and headers from here and takes them out of the body.
function httpOf(origin: GraphQLError, keepSpecStatus: boolean): object {
  const http: unknown = origin.extensions['http'];
  if (typeof http !== 'object' || http === null) return {};
  return { http: keepSpecStatus ? http : { ...http, spec: false } };
}

function rebuild(error: GraphQLError, message: string, extensions: Record<string, unknown>): GraphQLError {
  return new GraphQLError(message, {
    nodes: error.nodes,
    source: error.source,
    positions: error.positions,
    path: error.path,
    extensions,
  });
}
