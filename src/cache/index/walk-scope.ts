import type { CallScope } from '../../http/call.ts';
import type { AbortListening } from '../../http/client-abort.ts';
import { Deadline } from '../../http/deadline.ts';
import { emptyTally } from '../../http/empty-tally.ts';

/** What a walk may take. */
interface WalkBounds {
  readonly budgetMs: number;
  /** Called when a call has to wait for the quota, so long. @param calls that were made until then, this one included */
  paced(waitMs: number, calls: number): void;
}

/**
 * The scope of a walk: the gateway's own, whoever has started it. Nobody's deadline ends it and nobody's calls are used up.
 * The calls are seen by whoever watches the operation that started it.
 */
export function createWalkScope(
  { requestId, caller, observer, priority }: CallScope,
  signal: AbortListening,
  { budgetMs, paced }: WalkBounds,
): CallScope {
  const calls = { made: 0, limit: Number.POSITIVE_INFINITY };
  return {
    requestId,
    caller,
    observer,
    priority,
    signal,
    deadline: new Deadline(budgetMs),
    tally: emptyTally(),
    calls,
    paced: (waitMs) => paced(waitMs, calls.made),
  };
}
