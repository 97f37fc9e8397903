import type { CallScope } from '../../http/call.ts';
import type { AbortListening } from '../../http/client-abort.ts';
import { Deadline } from '../../http/deadline.ts';
import { emptyTally } from '../../http/empty-tally.ts';

// Thousands of records inside a quota of a hundred calls a minute take their time.
const WALK_BUDGET_MS = 120_000;

/**
 * The scope of a walk: the gateway's own, whoever has started it. Nobody's deadline ends it and nobody's calls are used up.
 * The calls are seen by whoever watches the operation that started it.
 */
export function createWalkScope(
  { requestId, caller, observer, priority }: CallScope,
  signal: AbortListening,
): CallScope {
  return {
    requestId,
    caller,
    observer,
    priority,
    signal,
    deadline: new Deadline(WALK_BUDGET_MS),
    tally: emptyTally(),
    calls: { made: 0, limit: Number.POSITIVE_INFINITY },
  };
}
