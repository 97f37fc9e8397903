import type { HttpExchange } from './http-exchange.ts';

const ALLOWED_HEADERS = 'authorization, content-type, x-request-id, x-deadline-ms, x-show-cost';
const EXPOSED_HEADERS = 'x-request-id, retry-after, ratelimit, ratelimit-policy';
const PREFLIGHT_SECONDS = '600';

/**
 * Lets pages of exactly these origins call the gateway; no others, and never with cookies.
 * @returns adds the headers that an answer needs; true when the request was a preflight, which is then answered
 */
export function createCors(origins: readonly string[]): (exchange: HttpExchange) => boolean {
  if (origins.length === 0) return () => false;
  const allowed = new Set(origins);
  return ({ req, res }) => {
    res.setHeader('vary', 'Origin');
    const { origin } = req.headers;
    if (origin === undefined || !allowed.has(origin)) return false;
    res.setHeader('access-control-allow-origin', origin);
    res.setHeader('access-control-expose-headers', EXPOSED_HEADERS);
    if (req.method !== 'OPTIONS' || req.headers['access-control-request-method'] === undefined) return false;
    res.writeHead(204, {
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': ALLOWED_HEADERS,
      'access-control-max-age': PREFLIGHT_SECONDS,
    });
    res.end();
    return true;
  };
}
