import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import type { CallScope } from '../../http/call.ts';
import { ClientAbort } from '../../http/client-abort.ts';
import { Deadline } from '../../http/deadline.ts';
import { emptyTally } from '../../http/empty-tally.ts';
import type { PartialWrite, SentWrite } from '../../shared/gateway-error.ts';
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
  /** Whether the caller went away before the answer was written. */
  clientDisconnected(): boolean;
  /** Changes that did not go through whole. */
  readonly partialWrites: readonly PartialWrite[];
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
  /** Called with the result: cancels the reads that are still under way, as nobody waits for them any more. */
  settled(): void;
  /** Adds headers to the answer. */
  addHeaders(headers: Readonly<Record<string, string>>): void;
}

const MILLISECONDS = /^\d{1,9}$/;
const NOBODY: Caller = { identity: null, name: '', scopes: new Set(), account: null };

/**
 * Starts the operation's clock, which the header `x-deadline-ms` may shorten. Its signal aborts when the caller goes
 * away before the answer is written, and when there is a result.
 */
export function startOperation(
  { req, res, requestId }: HttpExchange,
  deadlineMs: number,
  telemetry: Telemetry,
): Operation {
  const observer = telemetry.operationStarted(req, requestId);
  const client = watchClient(res);
  const { records, listeners } = recordCalls();
  return {
    scope: {
      requestId,
      caller: NOBODY.name,
      deadline: new Deadline(Math.min(deadlineMs, requestedDeadlineMs(req))),
      priority: 'read',
      signal: client.abort,
      tally: emptyTally(),
      // Set when the operation is planned.
      calls: { made: 0, limit: 0 },
      observer,
      ...listeners,
    },
    observer,
    ...records,
    mediaType: negotiate(req.headers.accept),
    caller: NOBODY,
    partialErrors: [],
    clientDisconnected: () => client.hasDisconnected,
    settled: () => client.abort.abort(),
    name: null,
    hash: null,
    type: null,
    isPersonal: false,
    plannedCalls: 0,
    showsCost: req.headers['x-show-cost'] === '1',
    addHeaders: (headers) => addHeaders(res, headers),
  };
}

function recordCalls() {
  const writes: SentWrite[] = [];
  const partialWrites: PartialWrite[] = [];
  const listeners: Pick<CallScope, 'writeStopped' | 'writeConfirmed'> = {
    writeStopped: (write) => void partialWrites.push(write),
    writeConfirmed: (write) => void writes.push(write),
  };
  return { records: { writes, partialWrites }, listeners };
}

function addHeaders(res: ServerResponse, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
}

function watchClient(res: ServerResponse) {
  const client = { abort: new ClientAbort(), hasDisconnected: false };
  res.on('close', () => {
    client.hasDisconnected = !res.writableFinished;
    if (client.hasDisconnected) client.abort.abort();
  });
  return client;
}

function requestedDeadlineMs(req: IncomingMessage): number {
  const header = req.headers['x-deadline-ms'];
  const isGiven = typeof header === 'string' && MILLISECONDS.test(header);
  return isGiven ? Math.max(1, Number(header)) : Number.POSITIVE_INFINITY;
}
