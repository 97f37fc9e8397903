import { sendAnswer } from './answer.ts';
import type { HttpExchange } from './http-exchange.ts';

const PATHS: ReadonlySet<string> = new Set(['/', '/livez', '/readyz']);
// Load balancers that are not told a path ask for `/`, in one of these ways; whoever posts there is lost.
const ROOT_METHODS: ReadonlySet<string | undefined> = new Set(['GET', 'HEAD', 'OPTIONS']);

export function isHealthPath(path: string): boolean {
  return PATHS.has(path);
}

/**
 * Answers who asks for the gateway's health, by `/livez`, or by `/readyz` and `/`.
 * @param degraded what of the gateway's surroundings is not well; it serves all the same
 * @returns whether it was asked for
 */
export function answerHealth(exchange: HttpExchange, degraded: () => readonly string[]): boolean {
  const { req, target, connections } = exchange;
  if (!isHealthPath(target.path) || (target.path === '/' && !ROOT_METHODS.has(req.method))) return false;
  if (target.path === '/livez') send(exchange, 200, { status: 'alive' });
  else {
    const [code, status] = connections.areEnding ? [503, 'draining'] : [200, 'ready'];
    send(exchange, code, { status, degraded: degraded() });
  }
  return true;
}

function send(exchange: HttpExchange, status: number, body: object): void {
  sendAnswer(exchange, {
    status,
    headers: { 'content-type': 'application/json' },
    errorCodes: [],
    body: JSON.stringify(body),
  });
}
