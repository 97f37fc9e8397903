import type { CallResult } from './call.ts';

// The upstream counts by the minute: a longer pause would only be a mistake of somebody's clock.
const MAX_PAUSE_MS = 60_000;

/** For how long the upstream wants no call at all, after this result; 0 if it has not said so. */
export function requestedPauseMs(result: CallResult): number {
  if (result.ok || result.failure.kind !== 'status' || !isThrottled(result)) return 0;
  return Math.min(result.failure.retryAfterMs ?? 0, MAX_PAUSE_MS);
}

/** Whether the upstream has refused the call as one too many in this minute. */
export function isThrottled(result: CallResult): boolean {
  if (result.ok || result.failure.kind !== 'status') return false;
  const { status, planCeiling } = result.failure;
  return status === 429 && !planCeiling;
}
