import type { Bulkhead } from './bulkhead.ts';
import type { Send } from './call.ts';

/** Bounds how many calls are under way at once; more wait, and are refused once their deadline can't be met. */
export function withLimit(send: Send, bulkhead: Bulkhead): Send {
  return async (call, scope) => {
    const isWrite = call.method !== 'GET';
    const refusal = bulkhead.tryEnter(isWrite) ? null : await bulkhead.enter(isWrite, scope);
    if (refusal) return { ok: false, failure: refusal, unclear: false };
    const startedAt = performance.now();
    try {
      return await send(call, scope);
    } finally {
      bulkhead.leave(isWrite, performance.now() - startedAt);
    }
  };
}
