import type { CallTally } from '../http/call.ts';
import type { Failure } from '../http/failure.ts';
import { isOutage } from '../http/outage.ts';
import type { ReadMemory } from './read-memory.ts';

/** A value that is kept. */
export interface Copy<Value> {
  readonly value: Value;
  /** When the read of it began, on the monotonic clock. */
  readonly readAt: number;
}

/** Whether a copy may be answered without asking the upstream. */
export function isFresh({ readAt }: Copy<unknown>, { ttlMs }: ReadMemory): boolean {
  return performance.now() - readAt < ttlMs;
}

/** Whether a copy may be answered in place of this failure. */
export function mayStandIn(copy: Copy<unknown>, failure: Failure, { staleMs }: ReadMemory): boolean {
  return isOutage(failure) && ageOf(copy) <= staleMs;
}

/** Counts a read that was answered from a stale copy. */
export function countStale(copy: Copy<unknown>, tally: CallTally): void {
  tally.stale += 1;
  tally.staleAgeMs = Math.max(tally.staleAgeMs, ageOf(copy));
}

/** In milliseconds. */
function ageOf({ readAt }: Copy<unknown>): number {
  return Math.ceil(performance.now() - readAt);
}
