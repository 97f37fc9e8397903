import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readTarget, type Target } from './target.ts';

/** One request and the answer to it. */
export interface HttpExchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly target: Target;
  /** The caller's own where it is sane, a new one otherwise: in the answer, in the log, and sent upstream. */
  readonly requestId: string;
  /** Whether the connection is to end with the answer, as of now. */
  readonly isLast: () => boolean;
}

const SANE_ID = /^[A-Za-z0-9._:/+=@-]{1,128}$/;

export function openExchange(req: IncomingMessage, res: ServerResponse, isLast: () => boolean): HttpExchange {
  const given = req.headers['x-request-id'];
  const requestId = typeof given === 'string' && SANE_ID.test(given) ? given : randomUUID();
  return { req, res, target: readTarget(req.url ?? ''), requestId, isLast };
}
