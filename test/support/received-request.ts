import type { Socket } from 'node:net';

/** A request as it came over the wire. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path with its query, exactly as sent. */
  readonly target: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** Milliseconds on the monotonic clock. */
  readonly at: number;
  readonly socket: Socket;
}

/** Takes the first whole request off the bytes; `null` while there is none. */
export function takeRequest(
  bytes: Buffer,
  socket: Socket,
): { request: ReceivedRequest; rest: Buffer } | null {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const [requestLine = '', ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n');
  const headers = new Map(lines.map((line) => splitHeader(line)));
  const bodyStart = headEnd + 4;
  const bodyEnd = bodyStart + Number(headers.get('content-length') ?? 0);
  if (headers.has('transfer-encoding')) throw new Error('the gateway sends bodies with their length');
  if (bytes.length < bodyEnd) return null;
  const [method = '', target = ''] = requestLine.split(' ');
  const url = new URL(target, 'http://upstream.invalid');
  const body = bytes.toString('utf8', bodyStart, bodyEnd);
  const request = { method, target, path: url.pathname, query: url.searchParams, headers, body };
  return { request: { ...request, at: performance.now(), socket }, rest: bytes.subarray(bodyEnd) };
}

function splitHeader(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
