import type { CallResult } from './call.ts';
import type { StatusFailure } from './failure.ts';

// The upstream counts by the minute: a longer pause would only be a mistake of somebody's clock.
const MAX_PAUSE_MS = 60_000;

/** For how long the upstream wants no call at all, after this result; 0 if it has not said so. */
export function requestedPauseMs(result: CallResult): number {
  return Math.min(throttlingOf(result)?.retryAfterMs ?? 0, MAX_PAUSE_MS);
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
