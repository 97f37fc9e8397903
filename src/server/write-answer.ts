import type { ServerResponse } from 'node:http';

/** Writes a whole answer at once: with its length known, Node sends head and body in one piece. */
export function writeAnswer(
  res: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): void {
  res.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  res.end(body);
}
