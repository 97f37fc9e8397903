import type { Call, CallResult, CallScope, Send } from './call.ts';
import { requestedPauseMs } from './requested-pause.ts';
import { sleep } from './sleep.ts';
import { unsent } from './unsent.ts';

const SPREAD_MS = 100;

/**
 * Lets a 429 that says when to come back hold up every call for that long. A call whose deadline is nearer fails at
 * once; the others wait.
 */
export function withPause(send: Send, random: () => number = Math.random): Send {
  let resumesAt = 0;
  const note = (result: CallResult): CallResult => {
    resumesAt = Math.max(resumesAt, performance.now() + requestedPauseMs(result));
    return result;
  };
  const wait = async (pauseMs: number, call: Call, scope: CallScope): Promise<CallResult> => {
    const retryAfterMs = Math.ceil(pauseMs);
    const refused = unsent({ kind: 'paused', retryAfterMs });
    if (pauseMs >= scope.deadline.remainingMs) return refused;
    scope.paced?.(pauseMs);
    if (!(await sleep(pauseMs + random() * SPREAD_MS, scope.signal))) return refused;
    return note(await send(call, scope));
  };
  return (call, scope) => {
    const pauseMs = resumesAt - performance.now();
    return pauseMs > 0 ? wait(pauseMs, call, scope) : send(call, scope).then(note);
  };
}
