import type { Call, CallScope } from '../../src/http/call.ts';
import { type AbortListening, ClientAbort } from '../../src/http/client-abort.ts';
import { Deadline } from '../../src/http/deadline.ts';
import { emptyTally } from '../../src/http/empty-tally.ts';

/** One call of each kind that the policies tell apart. */
export const READ: Call = {
  endpoint: 'things.get',
  method: 'GET',
  effect: 'read',
  repeatable: true,
  path: '/things/1',
  answer: 'json',
};
export const READ_BY_POST: Call = {
  ...READ,
  endpoint: 'things.get-bulk',
  method: 'POST',
  path: '/things/get-bulk',
  body: '{"ids":["1"]}',
};
export const CREATE: Call = {
  ...READ,
  endpoint: 'things.create',
  method: 'POST',
  effect: 'write',
  repeatable: false,
  path: '/things',
  body: '{"name":"thing"}',
};
export const UPDATE: Call = {
  ...CREATE,
  endpoint: 'things.update',
  method: 'PUT',
  repeatable: true,
  path: '/things/1',
};

/** An operation that makes calls. @param signal tells when its caller has gone */
export function scopeOf(deadlineMs = 10_000, signal: AbortListening = new ClientAbort()): CallScope {
  return {
    requestId: 'request-1',
    caller: 'caller-1',
    deadline: new Deadline(deadlineMs),
    priority: 'read',
    signal,
    tally: emptyTally(),
    calls: { made: 0, limit: Number.POSITIVE_INFINITY },
    observer: { attemptStarted: () => () => {} },
  };
}
