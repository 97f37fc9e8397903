import type { CallResult, Send } from './call.ts';

/** Lets an operation make as many calls as it is allowed to, and no more. A retry is not one more. */
export function withCallLimit(send: Send): Send {
  return (call, scope) => {
    const { calls } = scope;
    if (calls.made >= calls.limit) return Promise.resolve(refused(calls.limit));
    calls.made += 1;
    return send(call, scope);
  };
}

function refused(limit: number): CallResult {
  return { ok: false, failure: { kind: 'call-limit', limit }, unclear: false };
}
