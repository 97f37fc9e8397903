import { GraphQLError } from 'graphql';
import { GatewayError } from '../shared/gateway-error.ts';
import { pipelineCode, type ServerErrorCode } from './error-codes.ts';
import { RefusalError, refusalExtensions, retryAfterHeader } from './refusal.ts';

/** What an error looks like from outside, and what is to be logged of it. */
export interface PresentedError {
  readonly error: GraphQLError;
  readonly code: ServerErrorCode;
  /** What must not leave the gateway, for the log. */
  readonly cause: unknown;
}

/**
 * Turns an error of any origin into one that may be shown: nothing passes but its message, place and code, and
 * the message only where it was written for the outside.
 * @param isRefusal whether it kept the operation from being executed at all
 * @param wantsLegacyStatus whether the client wants status 200 for errors in a document
 */
export function presentError(
  error: GraphQLError,
  requestId: string,
  isRefusal: boolean,
  wantsLegacyStatus: boolean,
): PresentedError {
  const origin = originOf(error);
  if (origin instanceof GatewayError) {
    const { code, hints, message, cause } = origin;
    const { retryAfterMs } = hints;
    const http = retryAfterMs === undefined ? {} : { http: { headers: retryAfterHeader(retryAfterMs) } };
    return { error: rebuild(error, message, { code, requestId, ...hints, ...http }), code, cause };
  }
  if (origin instanceof RefusalError) {
    const { status, code, headers = {} } = origin.refusal;
    const extensions = { ...refusalExtensions(origin.refusal, requestId), http: { status, headers } };
    return { error: rebuild(error, origin.message, extensions), code, cause: null };
  }
  if (!(origin instanceof GraphQLError)) {
    const code = 'INTERNAL_SERVER_ERROR';
    const message = 'Something went wrong in the gateway. Tell its operator the request id.';
    return { error: rebuild(error, message, { code, requestId }), code, cause: origin };
  }
  const code = pipelineCode(origin.extensions['code']);
  const http = isRefusal ? { http: statusOf(origin, wantsLegacyStatus) } : {};
  return { error: rebuild(error, origin.message, { code, requestId, ...http }), code, cause: null };
}

function originOf(error: GraphQLError): unknown {
  let origin: unknown = error;
  while (origin instanceof GraphQLError && origin.originalError !== undefined) origin = origin.originalError;
  return origin;
}

// yoga reads the answer's status and headers from here and takes them out of the body. What graphql-js refuses by
// itself (variables, the operation's name) has no status yet.
function statusOf({ extensions }: GraphQLError, wantsLegacyStatus: boolean): object {
  const given: unknown = extensions['http'];
  if (typeof given !== 'object' || given === null) return { spec: wantsLegacyStatus, status: 400 };
  const isDocuments = extensions['code'] !== 'BAD_REQUEST';
  return { ...given, spec: wantsLegacyStatus && isDocuments };
}

function rebuild(error: GraphQLError, message: string, extensions: Record<string, unknown>): GraphQLError {
  const { nodes, source, positions, path } = error;
  return new GraphQLError(message, { nodes, source, positions, path, extensions });
}
