import type { ServerResponse } from 'node:http';
import type { ErrorCode } from '../../shared/gateway-error.ts';
import type { HttpExchange } from './http-exchange.ts';
import { type MediaType, negotiate } from './media-type.ts';
import { type Refusal, refusalExtensions, statusOf } from './refusal.ts';
import { writeWhole } from './write-whole.ts';

/** What pages of other origins may read of an answer beside its body, if they may read it at all. */
export const EXPOSED_HEADERS =
  'x-request-id, retry-after, ratelimit, ratelimit-policy, allow, www-authenticate';

/** A whole answer. */
export interface Answer {
  readonly status: number;
  /** Those of this answer alone: what every answer says is added when it is sent. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Code of every error in the body. */
  readonly errorCodes: readonly ErrorCode[];
}

/** What every answer says: nobody stores it, and nobody guesses what it is. */
export const UNIVERSAL_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

export function sendAnswer(exchange: HttpExchange, { status, headers, body }: Answer): void {
  const { res, requestId, connections } = exchange;
  const bytes = writeWhole(res, status, { ...commonHeaders(exchange), ...headers }, body);
  connections.waiting.add(res, requestId, bytes);
}

/** Sends the head of an answer whose body is written by the caller. @param headers win over those of every answer */
export function sendHead(
  exchange: HttpExchange,
  status: number,
  headers: Readonly<Record<string, string | number>>,
): ServerResponse {
  return exchange.res.writeHead(status, { ...commonHeaders(exchange), ...headers });
}

/** Answers with a refusal, as GraphQL JSON. */
export function refuse(exchange: HttpExchange, refusal: Refusal): void {
  const mediaType = negotiate(exchange.req.headers.accept);
  sendAnswer(exchange, refusalAnswer(refusal, mediaType, exchange.requestId));
}

/** The answer that tells of a refusal. */
export function refusalAnswer(refusal: Refusal, mediaType: MediaType, requestId: string): Answer {
  const { code, message, headers, retryAfterMs } = refusal;
  const errors = [{ message, extensions: refusalExtensions(refusal, requestId) }];
  return {
    status: statusOf(refusal, mediaType),
    headers: { ...headers, ...retryAfterHeader(retryAfterMs), ...contentType(mediaType) },
    body: JSON.stringify({ errors }),
    errorCodes: [code],
  };
}

export function contentType({ name }: MediaType): Readonly<Record<string, string>> {
  return { 'content-type': `${name}; charset=utf-8` };
}

/** The header that tells what `retryAfterMs` tells in the body: in whole seconds, never too early, at least one. */
export function retryAfterHeader(retryAfterMs: number | undefined): Readonly<Record<string, string>> {
  if (retryAfterMs === undefined) return {};
  return { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1000))) };
}

function commonHeaders({ requestId, connections }: HttpExchange) {
  const headers = { ...UNIVERSAL_HEADERS, 'x-request-id': requestId };
  return connections.areEnding ? { ...headers, connection: 'close' } : headers;
}
