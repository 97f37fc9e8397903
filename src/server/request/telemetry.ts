import type { IncomingMessage } from 'node:http';
import type { CallObserver, CallTally } from '../../http/call.ts';
import type { AccountName } from '../../shared/brands.ts';
import type { ErrorCode } from '../../shared/gateway-error.ts';

/** What is known of an operation when its answer is written. */
export interface OperationFacts {
  /** `null` when the request never became an operation, or has no name. */
  readonly name: string | null;
  readonly type: string | null;
  readonly status: number;
  /** Code of every error in the answer. */
  readonly errorCodes: readonly ErrorCode[];
  readonly tally: CallTally;
  readonly durationMs: number;
  /** Whether the client disconnected before the answer. */
  readonly clientDisconnected: boolean;
}

/** Watches one operation and its upstream calls. */
export interface OperationObserver extends CallObserver {
  /** Called before any upstream call, when it is known which account the caller works with. */
  accountKnown(account: AccountName): void;
  operationEnded(facts: OperationFacts): void;
}

/** Watches the gateway at work; metrics and traces implement it. */
export interface Telemetry {
  /** Called when a request for GraphQL arrives. */
  operationStarted(req: IncomingMessage, requestId: string): OperationObserver;
}
