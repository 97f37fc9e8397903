import { type Failure, wasSent } from '../../http/failure.ts';

const STATUSES = new Set([400, 403, 404, 409, 422]);

/** Whether one of the ids, or the collection, may be why the upstream refused. Its words are never read. */
export function isAboutIds(failure: Failure): boolean {
  if (failure.kind !== 'status' || failure.byApiGateway || failure.planCeiling) return false;
  return STATUSES.has(failure.status);
}

/** Whether the upstream was asked, or at least tried to be reached. */
export function wasAttempted(failure: Failure): boolean {
  return failure.kind === 'unreachable' || wasSent(failure);
}
