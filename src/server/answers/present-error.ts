import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type ErrorCode, GatewayError } from '../../shared/gateway-error.ts';
import { pipelineCode } from '../edge/error-codes.ts';
import type { MediaType } from '../edge/media-type.ts';
import { type Refusal, RefusalError, refusalExtensions, statusOf } from '../edge/refusal.ts';

/** What an error looks like from outside, and what is to be logged of it. */
export interface PresentedError {
  readonly shown: GraphQLFormattedError;
  readonly code: ErrorCode;
  /** Status of the answer, if the error kept the operation from being executed at all. */
  readonly status: number;
  /** Headers that the error brings into the answer. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly retryAfterMs?: number | undefined;
  /** What must not leave the gateway, for the log. */
  readonly cause?: unknown;
}

// Some messages of graphql-js quote the document, indented: 1 KB of it can make 40 KB.
const MAX_MESSAGE_LENGTH = 1_000;

/**
 * Turns an error of any origin into one that may be shown: nothing passes but its message, place and code, and
 * the message only where it was written for the outside.
 */
export function presentError(error: GraphQLError, requestId: string, mediaType: MediaType): PresentedError {
  const origin = originOf(error);
  if (origin instanceof GatewayError) return presentGatewayError(error, origin, requestId);
  if (origin instanceof RefusalError) return presentRefusal(error, origin.refusal, requestId, mediaType);
  if (!(origin instanceof GraphQLError)) return presentUnexpected(error, origin, requestId);
  const code = pipelineCode(origin.extensions['code']);
  const { status, headers } = httpOf(origin, mediaType);
  return { shown: show(error, error.message, { code, requestId }), code, status, headers };
}

function originOf(error: GraphQLError): unknown {
  let origin: unknown = error;
  while (origin instanceof GraphQLError && origin.originalError !== undefined) origin = origin.originalError;
  return origin;
}

function presentGatewayError(error: GraphQLError, origin: GatewayError, requestId: string): PresentedError {
  const { code, hints, message, cause } = origin;
  const { retryAfterMs } = hints;
  return {
    shown: show(error, message, { code, requestId, ...hints }),
    code,
    status: 200,
    retryAfterMs,
    cause,
  };
}

function presentRefusal(
  error: GraphQLError,
  refusal: Refusal,
  requestId: string,
  mediaType: MediaType,
): PresentedError {
  const { code, headers, retryAfterMs, message } = refusal;
  const shown = show(error, message, refusalExtensions(refusal, requestId));
  return { shown, code, status: statusOf(refusal, mediaType), headers, retryAfterMs };
}

function presentUnexpected(error: GraphQLError, cause: unknown, requestId: string): PresentedError {
  const code = 'INTERNAL_SERVER_ERROR';
  const message = 'Something went wrong in the gateway. Tell its operator the request id.';
  return { shown: show(error, message, { code, requestId }), code, status: 500, cause };
}

// yoga and its plugins say in `extensions.http` how they would answer; what graphql-js refuses by itself
// (variables, the operation's name) has nothing there.
function httpOf({ extensions }: GraphQLError, { wantsLegacyStatus }: MediaType) {
  const http: unknown = extensions['http'];
  const given = typeof http === 'object' && http !== null ? http : {};
  const isAboutTheDocument = extensions['code'] !== 'BAD_REQUEST';
  const status = 'status' in given && typeof given.status === 'number' ? given.status : 400;
  const isLegacy = wantsLegacyStatus && isAboutTheDocument && (!('status' in given) || 'spec' in given);
  return { status: isLegacy ? 200 : status, headers: allowHeader(given) };
}

function allowHeader(given: object): Readonly<Record<string, string>> {
  if (!('headers' in given) || typeof given.headers !== 'object' || given.headers === null) return {};
  return 'Allow' in given.headers ? { allow: String(given.headers.Allow) } : {};
}

function show(error: GraphQLError, text: string, extensions: Record<string, unknown>): GraphQLFormattedError {
  const message = text.length > MAX_MESSAGE_LENGTH ? `${text.slice(0, MAX_MESSAGE_LENGTH)}…` : text;
  const { locations, path } = error;
  return { message, ...(locations ? { locations } : {}), ...(path ? { path } : {}), extensions };
}
