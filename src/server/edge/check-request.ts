import type { IncomingMessage } from 'node:http';
import { countHeader } from './count-header.ts';
import { isHealthPath } from './health.ts';
import type { HttpExchange } from './http-exchange.ts';
import type { Refusal } from './refusal.ts';

// Names of containers and of nginx's upstreams have underscores.
const HOST = /^([A-Za-z0-9._~-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{0,5})?$/;
const MAX_HEAD_BYTES = 32_768;
// ": " and the end of the line.
const BYTES_AROUND_HEADER = 4;

/** The refusal of a request whose head is ambiguous or too large; `null` for all others. */
export function checkRequest({ req, target }: HttpExchange): Refusal | null {
  if (headBytes(req) > MAX_HEAD_BYTES) return HEAD_TOO_LARGE;
  const hasGoodTarget = target.authority === null || HOST.test(target.authority);
  const hasGoodHost = hasOneGoodHost(req) || (isHealthPath(target.path) && isFromBeforeHosts(req));
  return hasGoodTarget && hasGoodHost ? null : BAD_HOST;
}

/** Size of target and headers. They are Latin-1: a character is a byte. */
function headBytes({ url = '', rawHeaders }: IncomingMessage): number {
  let bytes = url.length + (rawHeaders.length / 2) * BYTES_AROUND_HEADER;
  for (const text of rawHeaders) bytes += text.length;
  return bytes;
}

function hasOneGoodHost({ headers, rawHeaders }: IncomingMessage): boolean {
  return HOST.test(headers.host ?? '') && countHeader(rawHeaders, 'host') === 1;
}

// HTTP/1.0 has no Host, and health checks of load balancers are written in it.
function isFromBeforeHosts({ headers, httpVersion }: IncomingMessage): boolean {
  return httpVersion === '1.0' && headers.host === undefined;
}

export const HEAD_TOO_LARGE: Refusal = {
  status: 431,
  code: 'LIMIT_EXCEEDED',
  message: `The target and the headers of the request are larger than ${MAX_HEAD_BYTES} bytes: send fewer cookies, a shorter token, or the query by POST.`,
  headers: { connection: 'close' },
};

const BAD_HOST: Refusal = {
  status: 400,
  code: 'BAD_USER_INPUT',
  message: 'The request must have exactly one Host header, and a well-formed one.',
};
