import type { Failure } from '../../http/failure.ts';
import { assertNever } from '../../shared/assert-never.ts';

const STATUSES = new Set([400, 403, 404, 409, 422]);

/** Whether one of the ids, or the collection, may be why the upstream refused. Its words are never read. */
export function isAboutIds(failure: Failure): boolean {
  if (failure.kind !== 'status' || failure.byApiGateway || failure.planCeiling) return false;
  return STATUSES.has(failure.status);
}

/** Whether the upstream was asked at all. */
export function wasAttempted(failure: Failure): boolean {
  switch (failure.kind) {
    case 'timed-out':
    case 'cancelled':
      return failure.sent;
    case 'paused':
    case 'paced':
    case 'circuit-open':
    case 'overloaded':
    case 'call-limit':
      return false;
    case 'unreachable':
    case 'connection-lost':
    case 'unreadable':
    case 'malformed':
    case 'status':
      return true;
    default:
      return assertNever(failure);
  }
}
