import type { Bulkhead } from './bulkhead.ts';
import type { Call, CallResult, CallScope, Send } from './call.ts';
import { unsent } from './unsent.ts';

/** Bounds how many calls are under way at once; more wait, and are refused once their deadline can't be met. */
export function withLimit(send: Send, bulkhead: Bulkhead): Send {
  const sendInSlot = (call: Call, scope: CallScope, isWrite: boolean): Promise<CallResult> => {
    const startedAt = performance.now();
    const leave = (isWhole: boolean): void => bulkhead.leave(isWrite, performance.now() - startedAt, isWhole);
    const sending = send(call, scope);
    void sending.then(
      (result) => leave(!isCutShort(result)),
      () => leave(false),
    );
    return sending;
  };
  return (call, scope) => {
    const isWrite = call.effect === 'write';
    if (bulkhead.tryEnter(isWrite)) return sendInSlot(call, scope, isWrite);
    return bulkhead
      .enter(isWrite, scope)
      .then((failure) => (failure ? unsent(failure) : sendInSlot(call, scope, isWrite)));
  };
}

// Ended by its caller, not by the upstream or the time that is configured.
function isCutShort(result: CallResult): boolean {
  if (result.ok) return false;
  const { failure } = result;
  return failure.kind === 'cancelled' || (failure.kind === 'timed-out' && failure.limit === 'deadline');
}
