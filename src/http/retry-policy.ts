import { assertNever } from '../shared/assert-never.ts';
import type { Call } from './call.ts';
import { type Failure, mayHaveBeenApplied, type StatusFailure } from './failure.ts';

const BASE_DELAY_MS = 100;
const MAX_RETRIES = 2;

/**
 * Decides by the endpoint, not by the GraphQL operation, whether a failed call may be repeated.
 * @param retries how often the call was repeated already
 * @param random uniform in [0, 1), for full jitter
 * @returns milliseconds to wait before the next attempt, `null` when there must be none
 */
export function retryDelayMs(
  call: Call,
  failure: Failure,
  retries: number,
  random: () => number,
): number | null {
  if (retries >= allowedRetries(call, failure)) return null;
  const jitterMs = random() * BASE_DELAY_MS * 2 ** retries;
  return failure.kind === 'status' ? (failure.retryAfterMs ?? 0) + jitterMs : jitterMs;
}

function allowedRetries(call: Call, failure: Failure): number {
  switch (failure.kind) {
    case 'unreachable':
      return MAX_RETRIES;
    case 'connection-lost':
    case 'unreadable':
      return call.repeatable ? MAX_RETRIES : 0;
    case 'timed-out':
      if (failure.limit === 'deadline') return 0;
      // What became of it is read first: the next try could take as long.
      if (call.effect === 'write' && failure.sent) return 0;
      return MAX_RETRIES;
    case 'status':
      return allowedStatusRetries(call, failure);
    case 'malformed':
    case 'cancelled':
    case 'paused':
    case 'paced':
    case 'circuit-open':
    case 'overloaded':
    case 'call-limit':
      return 0;
    default:
      return assertNever(failure);
  }
}

function allowedStatusRetries(call: Call, failure: StatusFailure): number {
  const { status } = failure;
  if (status === 429) return failure.retryAfterMs !== null && !failure.planCeiling ? MAX_RETRIES : 0;
  if (!call.repeatable) return status === 503 && !mayHaveBeenApplied(failure) ? MAX_RETRIES : 0;
  if (status === 502 || status === 503 || status === 504) return MAX_RETRIES;
  return status === 500 ? 1 : 0;
}
