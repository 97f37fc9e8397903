import type { Call, CallResult, CallScope, Send } from '../../src/http/call.ts';
import type { Failure, StatusFailure } from '../../src/http/failure.ts';

/** A call that was sent and waits for what it comes to. */
interface OpenCall {
  readonly call: Call;
  readonly scope: CallScope;
  end(result: CallResult): void;
}

/** The end of the road for calls: each stays open until the test ends it. */
export class OpenCalls {
  /** All that were sent, in their order. */
  readonly sent: OpenCall[] = [];

  readonly send: Send = (call, scope) =>
    new Promise((resolve) => {
      this.sent.push({ call, scope, end: resolve });
    });

  /** Ends the latest call. */
  end(result: CallResult): void {
    const latest = this.sent.at(-1);
    if (!latest) throw new Error('no call was sent');
    latest.end(result);
  }
}

/** A call that was answered. */
export const ANSWERED: CallResult = { ok: true, body: {}, unclear: false };

/** A call that failed so. */
export function failed(failure: Failure, unclear = false): CallResult {
  return { ok: false, failure, unclear };
}

/** An answer with this status and nothing else to say. */
export function status(code: number, fields: Partial<StatusFailure> = {}): StatusFailure {
  return {
    kind: 'status',
    status: code,
    reason: null,
    retryAfterMs: null,
    byApiGateway: false,
    planCeiling: false,
    upstreamRequestId: null,
    ...fields,
  };
}

/** An attempt that took its whole time, or that of its caller. */
export function timedOut(limit: 'attempt' | 'deadline', waitedMs: number, sent = true): Failure {
  return { kind: 'timed-out', limit, sent, waitedMs };
}
