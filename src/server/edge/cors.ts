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
  return {
    addHeaders: ({ req, res }) => {
      if (named.size > 0 || allowsLoopback) res.setHeader('vary', 'Origin');
      const { origin } = req.headers;
      if (origin === undefined || !isAllowed(origin)) return;
      res.setHeader('access-control-allow-origin', origin);
      res.setHeader('access-control-expose-headers', EXPOSED_HEADERS);
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
