import type { IncomingMessage, ServerResponse } from 'node:http';
import { requestIdOf } from './request-id.ts';

const CODES: Readonly<Record<number, string>> = { 400: 'BAD_USER_INPUT', 404: 'NOT_FOUND' };

/** Refuses a request that never becomes an operation, as GraphQL JSON. */
export function refuse(req: IncomingMessage, res: ServerResponse, status: 400 | 404, message: string): void {
  const requestId = requestIdOf(req);
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'x-request-id': requestId });
  res.end(JSON.stringify({ errors: [{ message, extensions: { code: CODES[status], requestId } }] }));
}
