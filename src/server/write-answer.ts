import type { ServerResponse } from 'node:http';

/** What every answer says to caches and browsers. */
const COMMON_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** Writes a whole answer at once: with its length known, Node sends head and body in one piece. */
export function writeAnswer(
  res: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): void {
  const length = Buffer.byteLength(body);
  res.writeHead(status, { ...COMMON_HEADERS, ...headers, 'content-length': length });
  // One byte a character means ASCII, which Node copies to the socket as Latin-1 without encoding it.
  res.end(body, length === body.length ? 'latin1' : 'utf8');
}
