import type { IncomingMessage } from 'node:http';
import { refuse, sendHead } from './answer.ts';
import type { HttpExchange } from './http-exchange.ts';
import { readText } from './read-body.ts';

type FetchSandbox = (request: Request) => Promise<Response>;

const PICTURES = '/sandbox/pictures/';
const SWITCHES = '/sandbox/faults';
const MAX_BODY_BYTES = 102_400;
// The rest is between the caller and the gateway.
const PASSED_HEADERS = ['accept', 'content-type', 'if-none-match', 'if-modified-since', 'range'] as const;

/**
 * Serves what browsers need of an embedded sandbox at the gateway's own address: its pictures.
 * @param hasSwitches whether its faults can be switched there as well, which is for development
 * @returns answers what belongs to the sandbox, and says whether it did
 */
export function createSandboxMount(
  fetchSandbox: FetchSandbox,
  hasSwitches: boolean,
): (exchange: HttpExchange) => boolean {
  return (exchange) => {
    const { path } = exchange.target;
    if (!path.startsWith(PICTURES) && !(hasSwitches && path === SWITCHES)) return false;
    void pass(exchange, fetchSandbox);
    return true;
  };
}

async function pass(exchange: HttpExchange, fetchSandbox: FetchSandbox): Promise<void> {
  const { req, res } = exchange;
  try {
    const body = await readText(req, MAX_BODY_BYTES);
    if (!body.ok) return refuse(exchange, body.failure);
    const answer = await fetchSandbox(toRequest(exchange, body.value));
    const bytes = Buffer.from(await answer.arrayBuffer());
    const headers = { ...Object.fromEntries(answer.headers), 'content-length': bytes.length };
    sendHead(exchange, answer.status, headers).end(bytes);
  } catch {
    // Who asked has gone.
    res.destroy();
  }
}

function toRequest({ req, target }: HttpExchange, body: string): Request {
  // For a HEAD, too: Node leaves the body out.
  const method = req.method === 'HEAD' ? 'GET' : (req.method ?? 'GET');
  return new Request(`http://gateway${target.path}${target.search}`, {
    method,
    headers: passedHeaders(req),
    ...(method === 'PUT' ? { body } : {}),
  });
}

function passedHeaders({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    PASSED_HEADERS.flatMap((name): Array<[string, string]> => {
      const value = headers[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
