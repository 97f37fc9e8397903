import type { CallResult } from '../http/call.ts';
import type { Failure } from '../http/failure.ts';
import { GatewayError } from '../shared/gateway-error.ts';
import type { Result } from '../shared/result.ts';
import { explainFailure } from './explain-failure.ts';

/** What is known of a write: `refused` changed nothing, `unknown` may have. */
export type WriteOutcome<Value> =
  | { readonly kind: 'applied'; readonly value: Value }
  | { readonly kind: 'refused'; readonly failure: Failure }
  | { readonly kind: 'unknown'; readonly failure: Failure };

/** Judges the result of a write, all of its attempts together. */
export function judgeWrite<Value>(
  result: CallResult,
  decode: (body: unknown) => Result<Value, Failure>,
): WriteOutcome<Value> {
  if (!result.ok) return { kind: result.unclear ? 'unknown' : 'refused', failure: result.failure };
  const decoded = decode(result.body);
  return decoded.ok
    ? { kind: 'applied', value: decoded.value }
    : { kind: 'unknown', failure: decoded.failure };
}

/** Names for the outside why a write did not certainly succeed. */
export function explainOutcome(
  outcome: Exclude<WriteOutcome<unknown>, { kind: 'applied' }>,
  subjectId: string | null,
): GatewayError {
  if (outcome.kind === 'refused') return explainFailure(outcome.failure, subjectId);
  const message =
    'The change was sent, but the Scenario API did not confirm it: it may or may not have been made. Look before you repeat it.';
  return new GatewayError('WRITE_OUTCOME_UNKNOWN', message, { retryable: false }, { cause: outcome.failure });
}
