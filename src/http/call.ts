import type { PartialWrite, SentWrite } from '../shared/gateway-error.ts';
import type { AbortListening } from './client-abort.ts';
import type { Deadline } from './deadline.ts';
import type { Failure } from './failure.ts';
import type { Priority } from './pacing/pacing.ts';

/** One call to the upstream, free of credentials and host. */
export interface Call {
  /** Name of the endpoint in logs, for example `collections.list`. */
  readonly endpoint: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** A `write` that was sent is awaited whoever has gone, and has a share of the slots of its own. */
  readonly effect: 'read' | 'write';
  /** Whether sending it twice does no more than sending it once. The method does not say so: some reads are POSTs. */
  readonly repeatable: boolean;
  /** Path and query below the base URL, already encoded. */
  readonly path: string;
  /** JSON text. */
  readonly body?: string;
  /** What a 2xx answer holds. */
  readonly answer: 'json' | 'json-or-nothing';
  /**
   * Tells by what a 2xx answer is one to another call; `null` where nothing shows that. Such an answer is `malformed`,
   * and nothing more is read from its connection.
   */
  readonly findMismatch?: (body: unknown) => string | null;
  /** How often it was sent before, if it was. */
  readonly resends?: number;
}

/** What one operation spent upstream so far. */
export interface CallTally {
  attempts: number;
  retries: number;
  shared: number;
  cached: number;
  /** Reads answered from a stale copy, because the upstream was down. */
  stale: number;
  /** How old the oldest of these copies was. */
  staleAgeMs: number;
  /** Writes that were sent but not confirmed. */
  unconfirmed: number;
}

/** How many calls one operation may make; a retry is not one more. */
export interface CallAllowance {
  made: number;
  limit: number;
}

/** Watches the upstream calls of one operation. */
export interface CallObserver {
  /**
   * Called before each attempt of a call.
   * @returns is called with what the attempt came to
   */
  attemptStarted(call: Call): (result: CallResult) => void;
}

/** What all calls of one operation have in common. */
export interface CallScope {
  readonly requestId: string;
  /** Whose slots of the quota are used. Set when the caller is known. */
  caller: string;
  readonly deadline: Deadline;
  /** Set when the operation is planned. */
  priority: Priority;
  /** Aborts when the client disconnects, and when the operation has come to its result. */
  readonly signal: AbortListening;
  readonly tally: CallTally;
  readonly calls: CallAllowance;
  readonly observer: CallObserver;
  /** Called when a call begins to wait because the quota of the upstream is used up. */
  readonly paced?: (waitMs: number) => void;
  /** Called with each change that did not go through whole. */
  readonly writeStopped?: (write: PartialWrite) => void;
  /** Called with each write that was confirmed. */
  readonly writeConfirmed?: (write: SentWrite) => void;
}

/** What a call came to. `unclear`: an attempt failed, but the upstream may have applied it. */
export type CallResult =
  | { readonly ok: true; readonly body: unknown; readonly unclear: boolean }
  | {
      readonly ok: false;
      readonly failure: Failure;
      readonly unclear: boolean;
      /** It would have been repeated after so long, had the caller's deadline not come first. */
      readonly missedRetryMs?: number;
      /** It would have been repeated, had not too many others been repeated at that moment. */
      readonly wasHeldBack?: true;
    };

/** Carries out a call; resolves always. Policies wrap one another around this shape. */
export type Send = (call: Call, scope: CallScope) => Promise<CallResult>;
