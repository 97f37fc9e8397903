import type { Call, CallResult, CallScope, Send } from './call.ts';
import { isThrottled } from './requested-pause.ts';
import { RetryBudget } from './retry-budget.ts';
import { retryDelayMs } from './retry-policy.ts';
import { sleep } from './sleep.ts';

/**
 * Repeats failed calls where the retry policy allows it, within the deadline and the retry budget.
 * `unclear` in the result covers every attempt, not the last alone.
 */
export function withRetry(send: Send, random: () => number = Math.random): Send {
  const budget = new RetryBudget();
  const leave = (): void => budget.leaveCall();
  return (call, scope) => {
    budget.enterCall();
    const sending = send(call, scope).then((first) =>
      first.ok ? first : retry(send, call, scope, first, budget, random),
    );
    void sending.then(leave, leave);
    return sending;
  };
}

async function retry(
  send: Send,
  call: Call,
  scope: CallScope,
  first: CallResult,
  budget: RetryBudget,
  random: () => number,
): Promise<CallResult> {
  let result = first;
  for (let retries = 0; !result.ok; retries += 1) {
    const delayMs = retryDelayMs(call, result.failure, retries, random);
    if (delayMs === null) return result;
    if (delayMs + keptMs(call, result, scope) >= scope.deadline.remainingMs) {
      return { ...result, missedRetryMs: delayMs };
    }
    if (!budget.tryEnterRetry()) return { ...result, wasHeldBack: true };
    if (isThrottled(result)) scope.paced?.(delayMs);
    try {
      if (!(await sleep(delayMs, scope.signal))) return result;
      scope.tally.retries += 1;
      const next: CallResult = await send({ ...call, resends: retries + 1 }, scope);
      result = { ...next, unclear: next.unclear || result.unclear };
    } finally {
      budget.leaveRetry();
    }
  }
  return result;
}

// Behind a write that may have been applied, time has to stay to read what became of it.
function keptMs(call: Call, result: CallResult, { deadline }: CallScope): number {
  return call.effect === 'write' && result.unclear ? deadline.reserveMs : 0;
}
