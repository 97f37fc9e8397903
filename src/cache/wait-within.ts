import type { CallScope } from '../http/call.ts';
import type { Failure } from '../http/failure.ts';
import { fail } from '../shared/result.ts';

type Left = { readonly ok: false; readonly failure: Failure };

/**
 * Waits for work that others wait for too, until the caller has gone or its deadline has passed. The work goes on all the same.
 * @param left called when the caller stops to wait before the end
 * @param isTimed `false` where the work ends by the caller's deadline anyway
 */
export function waitWithin<Outcome>(
  work: Promise<Outcome>,
  { deadline, signal }: CallScope,
  left: () => void = () => {},
  isTimed = true,
): Promise<Outcome | Left> {
  return new Promise((resolve, reject) => {
    const stopWaiting = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    const leave = (failure: Failure): void => {
      stopWaiting();
      left();
      resolve(fail(failure));
    };
    const onAbort = (): void => leave({ kind: 'cancelled', sent: true });
    const onTime = (): void => leave({ kind: 'timed-out', limit: 'deadline', sent: true, waitedMs: 0 });
    // Rounded up, as a timer cuts fractions: when it goes off, the deadline has passed.
    const timer = isTimed ? setTimeout(onTime, Math.ceil(deadline.remainingMs)) : undefined;
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort);
    void work.finally(stopWaiting).then(resolve, reject);
  });
}
