import type { Logger } from '../../shared/logger.ts';
import { EXPOSED_HEADERS, sendHead } from './answer.ts';
import type { HttpExchange } from './http-exchange.ts';
import { isLoopbackOrigin } from './origin.ts';
import { RefusedOrigins } from './refused-origins.ts';

export interface CorsOptions {
  /** The exact origins whose pages may call. */
  readonly origins: readonly string[];
  /** Whether pages from this machine may call as well. */
  readonly allowsLoopback: boolean;
  readonly methods: string;
  readonly logger: Logger;
}

/** Lets pages of some origins call, and read every answer; never with cookies. */
export interface Cors {
  /** Adds to the answer, whatever it will be, what lets the page read it. */
  addHeaders(exchange: HttpExchange): void;
  /** The same, for a page of this origin. */
  headersFor(origin: string | undefined): Readonly<Record<string, string>>;
  /** Answers a preflight of a page that may call. @returns whether it was one */
  answerPreflight(exchange: HttpExchange): boolean;
}

const PREFLIGHT_SECONDS = '600';
const HEADER_NAMES = /^[\w!#$%&'*+.^`|~-]+([ \t]*,[ \t]*[\w!#$%&'*+.^`|~-]+)*$/;

export function createCors({ origins, allowsLoopback, methods, logger }: CorsOptions): Cors {
  const named = new Set(origins);
  const refused = new RefusedOrigins(logger);
  const isAllowed = (origin: string): boolean =>
    named.has(origin) || (allowsLoopback && isLoopbackOrigin(origin));
  const vary: Readonly<Record<string, string>> = named.size > 0 || allowsLoopback ? { vary: 'Origin' } : {};
  const headersFor = (origin: string | undefined): Readonly<Record<string, string>> => {
    if (origin === undefined || !isAllowed(origin)) return vary;
    return {
      ...vary,
      'access-control-allow-origin': origin,
      'access-control-expose-headers': EXPOSED_HEADERS,
    };
  };
  return {
    headersFor,
    addHeaders: ({ req, res }) => {
      const headers = headersFor(req.headers.origin);
      for (const name in headers) res.setHeader(name, headers[name] ?? '');
    },
    answerPreflight: (exchange) => {
      const { req, res } = exchange;
      const { origin, 'access-control-request-headers': names = '' } = req.headers;
      const isPreflight =
        req.method === 'OPTIONS' && req.headers['access-control-request-method'] !== undefined;
      if (!isPreflight || origin === undefined) return false;
      if (!isAllowed(origin)) {
        refused.add(origin);
        return false;
      }
      res.appendHeader('vary', 'Access-Control-Request-Headers');
      sendHead(exchange, 204, {
        'access-control-allow-methods': methods,
        ...(HEADER_NAMES.test(names) ? { 'access-control-allow-headers': names } : {}),
        'access-control-max-age': PREFLIGHT_SECONDS,
      }).end();
      return true;
    },
  };
}
