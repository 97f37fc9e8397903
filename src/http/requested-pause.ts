import type { CallResult } from './call.ts';
import type { StatusFailure } from './failure.ts';

/** For how long the upstream wants no call at all, after this result; 0 if it has not said so. */
export function requestedPauseMs(result: CallResult): number {
  return throttlingOf(result)?.retryAfterMs ?? 0;
}

/** Whether the upstream has refused the call as one too many in this minute. */
export function isThrottled(result: CallResult): boolean {
  return throttlingOf(result) !== null;
}

function throttlingOf(result: CallResult): StatusFailure | null {
  if (result.ok || result.failure.kind !== 'status') return null;
  const { failure } = result;
  return failure.status === 429 && !failure.planCeiling ? failure : null;
}
