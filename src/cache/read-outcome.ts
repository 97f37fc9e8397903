import type { CallScope } from '../http/call.ts';
import type { Failure } from '../http/failure.ts';
import { assertNever } from '../shared/assert-never.ts';

interface FailedRead {
  readonly ok: false;
  readonly failure: Failure;
  /** It would have been repeated after so long, had the deadline of who started it not come first. */
  readonly missedRetryMs?: number;
}

/** What a read came to. */
export type ReadOutcome<Value> = { readonly ok: true; readonly value: Value } | FailedRead;

/** Starts a read of the upstream in this scope. */
export type StartRead<Value> = (scope: CallScope) => Promise<ReadOutcome<Value>>;

/**
 * Whether a follower may succeed where its leader failed: the leader's deadline, or its place in a queue, ended the
 * read. An outcome that would be the same for both is not tried again.
 */
export function mayDoBetter(
  { failure, missedRetryMs }: FailedRead,
  leader: CallScope,
  follower: CallScope,
): boolean {
  const { remainingMs } = follower.deadline;
  if (remainingMs === 0 || follower.signal.aborted) return false;
  if (missedRetryMs !== undefined) return missedRetryMs < remainingMs;
  switch (failure.kind) {
    case 'timed-out':
      return failure.limit === 'deadline';
    case 'cancelled':
      return true;
    case 'paused':
    case 'paced':
      return failure.retryAfterMs < remainingMs;
    case 'overloaded':
      return failure.retryAfterMs < remainingMs && leader.deadline.remainingMs < remainingMs;
    case 'call-limit':
      return follower.calls.made < follower.calls.limit;
    case 'unreachable':
    case 'connection-lost':
    case 'unreadable':
    case 'malformed':
    case 'status':
    case 'circuit-open':
      return false;
    default:
      return assertNever(failure);
  }
}
