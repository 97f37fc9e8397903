import { createHash } from 'node:crypto';
import type { Call, CallScope, Send } from './call.ts';
import { wasSent } from './failure.ts';
import type { PacedCall, PacedCalls, Pacing, Turn } from './pacing/pacing.ts';
import { isThrottled, requestedPauseMs } from './requested-pause.ts';
import { sleep } from './sleep.ts';
import { unsent } from './unsent.ts';

// Whoever is let wait must be answered in time: a call that is cut off by its deadline was spent for nothing.
const WAIT_SHARE = 0.9;
// Of a call whose end is never told, whatever its deadline.
const LONGEST_CALL_MS = 120_000;

/**
 * Keeps calls inside the quota that the upstream grants. A call that has to wait does so inside its deadline, or fails at
 * once and says when to come back.
 * @param counts is told of each that waits or is refused
 */
export function withPacing(send: Send, pacing: Pacing, counts: PacedCalls): Send {
  let calls = 0;
  const start = async (call: Call, scope: CallScope, { end }: Extract<Turn, { kind: 'started' }>) => {
    const result = await send(call, scope);
    end(result.ok || wasSent(result.failure));
    if (isThrottled(result)) pacing.throttled(requestedPauseMs(result));
    return result;
  };
  return async (call, scope) => {
    calls += 1;
    const named = { id: String(calls), caller: digestOf(scope.caller), key: digestOf(describe(call)) };
    for (let waits = 0; ; waits += 1) {
      const asked = { ...named, ...boundsOf(scope) };
      const turn = await pacing.enter(asked);
      if (turn.kind === 'started') return start(call, scope, turn);
      if (turn.kind === 'refused') {
        counts.refused += 1;
        return unsent({ kind: 'paced', retryAfterMs: turn.retryAfterMs });
      }
      if (waits === 0) counts.waited += 1;
      scope.paced?.(turn.waitMs);
      if (!(await sleep(turn.waitMs, scope.signal))) {
        pacing.cancel(asked);
        return unsent({ kind: 'cancelled', sent: false });
      }
    }
  };
}

function boundsOf({
  priority,
  deadline,
}: CallScope): Pick<PacedCall, 'priority' | 'patienceMs' | 'maxDurationMs'> {
  const { remainingMs } = deadline;
  return {
    priority,
    patienceMs: remainingMs * WAIT_SHARE,
    maxDurationMs: Math.min(remainingMs, LONGEST_CALL_MS),
  };
}

function describe({ method, path, body = '' }: Call): string {
  return `${method} ${path} ${body}`;
}

// Paths and bodies can be long.
function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
