import type { CallTally } from './call.ts';

/** The tally of an operation that has spent nothing yet. */
export function emptyTally(): CallTally {
  return { attempts: 0, retries: 0, shared: 0, cached: 0, stale: 0, staleAgeMs: 0, unconfirmed: 0 };
}
