import type { Send } from './call.ts';
import { unsent } from './unsent.ts';

/** Lets an operation make as many calls as it is allowed to, and no more. A retry is not one more. */
export function withCallLimit(send: Send): Send {
  return (call, scope) => {
    const { calls } = scope;
    if (calls.made >= calls.limit) return Promise.resolve(unsent({ kind: 'call-limit', limit: calls.limit }));
    calls.made += 1;
    return send(call, scope);
  };
}
