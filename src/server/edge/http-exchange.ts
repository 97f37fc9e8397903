import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readTarget, type Target } from './target.ts';
import type { WaitingAnswers } from './waiting-answers.ts';

/** One request and the answer to it. */
export interface HttpExchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly target: Target;
  /** The caller's own where it is sane, a new one otherwise: in the answer, in the log, and sent upstream. */
  readonly requestId: string;
  readonly connections: Connections;
}

/** What all connections have in common. */
export interface Connections {
  /** Whether each is to end with its answer, as of now. */
  readonly areEnding: boolean;
  /** Large answers that are not taken yet. */
  readonly waiting: WaitingAnswers;
}

const SANE_ID = /^[A-Za-z0-9._:/+=@-]{1,128}$/;

export function openExchange(
  req: IncomingMessage,
  res: ServerResponse,
  connections: Connections,
): HttpExchange {
  const given = req.headers['x-request-id'];
  const requestId = typeof given === 'string' && SANE_ID.test(given) ? given : randomUUID();
  return { req, res, target: readTarget(req.url ?? ''), requestId, connections };
}
