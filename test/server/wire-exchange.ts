import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** An answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request as it is to stand on the wire. */
export interface WireRequest {
  readonly method?: string;
  /** Path and query; `/graphql` by default. */
  readonly target?: string;
  /** Nothing is added but a `Host` where there is none, and what frames the body. */
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

/** Sends what `fetch` would not let through: odd targets, any `Host`, bodies of no stated type or length. */
export async function exchange(
  url: string,
  { method, target, headers, body }: WireRequest,
): Promise<WireAnswer> {
  const { hostname, port } = new URL(url);
  const call = request({
    hostname,
    port,
    path: target ?? '/graphql',
    method: method ?? 'GET',
    headers: { host: 'gateway.example', ...headers },
    setHost: false,
    agent: false,
  });
  call.end(body);
  const [answer]: IncomingMessage[] = await once(call, 'response');
  if (answer === undefined) throw new Error('No answer came.');
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
}
