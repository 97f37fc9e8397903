import type { CallResult } from './call.ts';
import type { Failure } from './failure.ts';

/** The result of a call of which nothing was sent: it has changed nothing. */
export function unsent(failure: Failure): CallResult {
  return { ok: false, failure, unclear: false };
}
