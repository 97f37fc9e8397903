import { assertNever } from '../shared/assert-never.ts';
import type { Failure } from './failure.ts';

const FORBIDDEN = 403;
const NOT_FOUND = 404;
const REQUEST_TIMEOUT = 408;
const TOO_MANY_REQUESTS = 429;

/** Whether the failure says that the upstream is down, or has no call left for us, and nothing of what was asked. */
export function isOutage(failure: Failure): boolean {
  switch (failure.kind) {
    case 'unreachable':
    case 'connection-lost':
    case 'timed-out':
    case 'unreadable':
    case 'circuit-open':
    case 'paused':
    case 'paced':
      return true;
    case 'status':
      return failure.status >= 500 || (failure.status === TOO_MANY_REQUESTS && !failure.planCeiling);
    case 'cancelled':
    case 'malformed':
    case 'overloaded':
    case 'call-limit':
      return false;
    default:
      return assertNever(failure);
  }
}

/** Whether the upstream looked at what was asked and refused it: whoever knows better knows what is old. */
export function isRefusal(failure: Failure): boolean {
  if (failure.kind !== 'status' || failure.status < 400 || failure.status >= 500) return false;
  return failure.status !== REQUEST_TIMEOUT && failure.status !== TOO_MANY_REQUESTS;
}

/** Whether the object that was asked for may not be used: the credentials are good. */
export function isForbidden(failure: Failure): boolean {
  return failure.kind === 'status' && failure.status === FORBIDDEN && !failure.byApiGateway;
}

/** Whether what was asked for does not exist. */
export function isNotFound(failure: Failure): boolean {
  return failure.kind === 'status' && failure.status === NOT_FOUND;
}
