import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request and the answer to it. */
export interface HttpExchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** The caller's own where it is sane, a new one otherwise: in the answer, in the log, and sent upstream. */
  readonly requestId: string;
}

const SANE_ID = /^[A-Za-z0-9._:/+=@-]{1,128}$/;

export function openExchange(req: IncomingMessage, res: ServerResponse): HttpExchange {
  const given = req.headers['x-request-id'];
  const requestId = typeof given === 'string' && SANE_ID.test(given) ? given : randomUUID();
  return { req, res, requestId };
}
