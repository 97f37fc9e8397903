import type { CallResult, CallScope } from '../http/call.ts';
import type { Failure } from '../http/failure.ts';
import { GatewayError, type SentWrite } from '../shared/gateway-error.ts';
import type { Result } from '../shared/result.ts';
import { explainFailure } from './explain-failure.ts';
import type { Subject } from './subject.ts';

/** What is known of a write: `not-applied` changed nothing, `unknown` may have. */
export type WriteOutcome<Value> =
  | { readonly kind: 'applied'; readonly value: Value }
  | { readonly kind: 'not-applied'; readonly failure: Failure }
  | {
      readonly kind: 'unknown';
      readonly failure: Failure;
      readonly write: SentWrite;
      /** Whether the last attempt would have been repeated, had not too many others been at that moment. */
      readonly wasHeldBack: boolean;
    };

/** Judges the result of a write, all of its attempts together. @param write what was attempted */
export function judgeWrite<Value>(
  result: CallResult,
  decode: (body: unknown) => Result<Value, Failure>,
  write: SentWrite,
): WriteOutcome<Value> {
  const decoded = result.ok ? decode(result.body) : result;
  if (decoded.ok) return { kind: 'applied', value: decoded.value };
  const { failure } = decoded;
  // An answer that can't be decoded came with a 2xx status.
  if (!result.ok && !result.unclear) return { kind: 'not-applied', failure };
  const wasHeldBack = !result.ok && result.wasHeldBack === true;
  return { kind: 'unknown', failure, write, wasHeldBack };
}

/** Counts a write whose outcome stays unknown, for the log of its operation. */
export function noteUnconfirmed(outcome: WriteOutcome<unknown>, { tally }: CallScope): void {
  if (outcome.kind === 'unknown') tally.unconfirmed += 1;
}

/** Names for the outside why a write did not certainly succeed. */
export function explainOutcome(
  outcome: Exclude<WriteOutcome<unknown>, { kind: 'applied' }>,
  subject: Subject | null,
): GatewayError {
  if (outcome.kind === 'not-applied') return explainFailure(outcome.failure, subject);
  const message =
    'The change was sent, but the Scenario API did not confirm it: it may or may not have been made. Look before you repeat it.';
  const hints = { retryable: false, write: outcome.write };
  return new GatewayError('WRITE_OUTCOME_UNKNOWN', message, hints, { cause: outcome.failure });
}
