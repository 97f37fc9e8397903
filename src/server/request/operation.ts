import type { IncomingMessage } from 'node:http';
import type { GraphQLError } from 'graphql';
import type { CallScope } from '../../http/call.ts';
import { ClientAbort } from '../../http/client-abort.ts';
import { Deadline } from '../../http/deadline.ts';
import { emptyTally } from '../../http/empty-tally.ts';
import type { SentWrite } from '../../shared/gateway-error.ts';
import type { Caller } from '../auth/caller.ts';
import type { HttpExchange } from '../edge/http-exchange.ts';
import { type MediaType, negotiate } from '../edge/media-type.ts';
import type { OperationObserver, Telemetry } from './telemetry.ts';

/** One request for GraphQL, from its first byte to its answer: what all its parts share and what the log tells. */
export interface Operation {
  readonly scope: CallScope;
  readonly observer: OperationObserver;
  readonly mediaType: MediaType;
  /** Nobody, until the caller is known. */
  caller: Caller;
  /** Errors of fields that have data all the same. */
  readonly partialErrors: GraphQLError[];
  /** What it has changed. */
  readonly writes: readonly SentWrite[];
  name: string | null;
  /** Of its document; `null` as long as there is none. */
  hash: string | null;
  type: string | null;
  /** Whether the answer speaks of the caller, so that it is nobody else's. */
  isPersonal: boolean;
  /** Upstream calls when nothing fails, repeats or is shared. */
  plannedCalls: number;
  /** Whether the answer is to say what it cost. */
  readonly showsCost: boolean;
  /** Adds headers to the answer. */
  addHeaders(headers: Readonly<Record<string, string>>): void;
}

const MILLISECONDS = /^\d{1,9}$/;
const NOBODY: Caller = { identity: null, name: '', scopes: new Set(), account: null };

/**
 * Starts the operation's clock, which the header `x-deadline-ms` may shorten. Its signal aborts when the caller goes
 * away before the answer is written.
 */
export function startOperation(
  { req, res, requestId }: HttpExchange,
  deadlineMs: number,
  telemetry: Telemetry,
): Operation {
  const observer = telemetry.operationStarted(req, requestId);
  const clientAbort = new ClientAbort();
  const writes: SentWrite[] = [];
  res.on('close', () => {
    if (!res.writableFinished) clientAbort.abort();
  });
  return {
    scope: {
      requestId,
      caller: NOBODY.name,
      deadline: new Deadline(Math.min(deadlineMs, requestedDeadlineMs(req))),
      priority: 'read',
      signal: clientAbort,
      tally: emptyTally(),
      // Set when the operation is planned.
      calls: { made: 0, limit: 0 },
      observer,
      writeConfirmed: (write) => void writes.push(write),
    },
    observer,
    writes,
    mediaType: negotiate(req.headers.accept),
    caller: NOBODY,
    partialErrors: [],
    name: null,
    hash: null,
    type: null,
    isPersonal: false,
    plannedCalls: 0,
    showsCost: req.headers['x-show-cost'] === '1',
    addHeaders: (headers) => {
      for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
    },
  };
}

function requestedDeadlineMs(req: IncomingMessage): number {
  const header = req.headers['x-deadline-ms'];
  const isGiven = typeof header === 'string' && MILLISECONDS.test(header);
  return isGiven ? Math.max(1, Number(header)) : Number.POSITIVE_INFINITY;
}
