import { createHash } from 'node:crypto';
import type { Call, CallScope, Send } from './call.ts';
import { wasSent } from './failure.ts';
import type { PacedCall, PacedCalls, Pacing, Turn } from './pacing/pacing.ts';
import { requestedPauseMs } from './requested-pause.ts';
import { sleep } from './sleep.ts';
import { unsent } from './unsent.ts';

// Whoever is let wait must be answered in time: a call that is cut off by its deadline was spent for nothing.
const WAIT_SHARE = 0.9;

/**
 * Keeps calls inside the quota that the upstream grants. A call that has to wait does so inside its deadline, or fails at
 * once and says when to come back.
 * @param counts is told of each that waits or is refused
 */
export function withPacing(send: Send, pacing: Pacing, counts: PacedCalls = { waited: 0, refused: 0 }): Send {
  let calls = 0;
  const start = async (call: Call, scope: CallScope, { end }: Extract<Turn, { kind: 'started' }>) => {
    const result = await send(call, scope);
    end(result.ok || wasSent(result.failure));
    const pauseMs = requestedPauseMs(result);
    if (pauseMs > 0) pacing.pause(pauseMs);
    return result;
  };
  return async (call, scope) => {
    calls += 1;
    const id = String(calls);
    const key = keyOf(call);
    for (let waits = 0; ; waits += 1) {
      const asked = describe(id, key, scope);
      const turn = await pacing.enter(asked);
      if (turn.kind === 'started') return start(call, scope, turn);
      if (turn.kind === 'refused') {
        counts.refused += 1;
        return unsent({ kind: 'paced', retryAfterMs: turn.retryAfterMs });
      }
      if (waits === 0) counts.waited += 1;
      if (!(await sleep(turn.waitMs, scope.signal))) {
        pacing.cancel(asked);
        return unsent({ kind: 'cancelled', sent: false });
      }
    }
  };
}

function describe(id: string, key: string, { priority, deadline }: CallScope): PacedCall {
  const { remainingMs } = deadline;
  return { id, key, priority, patienceMs: remainingMs * WAIT_SHARE, maxDurationMs: remainingMs };
}

// Paths and bodies can be long.
function keyOf({ method, path, body = '' }: Call): string {
  return createHash('sha256').update(`${method} ${path} ${body}`).digest('base64url');
}
