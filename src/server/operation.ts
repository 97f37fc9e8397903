import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import type { CallScope } from '../http/call.ts';
import { Deadline } from '../http/deadline.ts';
import { requestIdOf } from './request-id.ts';

/** One request for GraphQL, from its first byte to its answer: what all its parts share and what the log tells. */
export interface Operation {
  readonly scope: CallScope;
  /** Errors of fields that have data all the same. */
  readonly partialErrors: GraphQLError[];
  /** `extensions.code` of every error in the answer. */
  readonly errorCodes: string[];
  name: string | null;
  type: string | null;
}

const MILLISECONDS = /^\d{1,9}$/;

/**
 * Starts the operation's clock, which the header `x-deadline-ms` may shorten. Its signal aborts when the caller goes away
 * before the answer is written.
 */
export function startOperation(req: IncomingMessage, res: ServerResponse, deadlineMs: number): Operation {
  const departure = new AbortController();
  res.once('close', () => {
    if (!res.writableFinished) departure.abort();
  });
  return {
    scope: {
      requestId: requestIdOf(req),
      deadline: new Deadline(Math.min(deadlineMs, requestedDeadlineMs(req))),
      signal: departure.signal,
      tally: { attempts: 0, retries: 0, shared: 0 },
    },
    partialErrors: [],
    errorCodes: [],
    name: null,
    type: null,
  };
}

function requestedDeadlineMs(req: IncomingMessage): number {
  const header = req.headers['x-deadline-ms'];
  return typeof header === 'string' && MILLISECONDS.test(header)
    ? Math.max(1, Number(header))
    : Number.POSITIVE_INFINITY;
}
