import type { Failure } from '../http/failure.ts';
import { assertNever } from '../shared/assert-never.ts';
import type { Collection } from './collections/collection.ts';
import { PartiallyAppliedError } from './errors.ts';
import { explainOutcome, type WriteOutcome } from './write-outcome.ts';

/** Most ids that the upstream takes in one membership call. */
export const MAX_IDS_PER_CALL = 49;

/**
 * Sends the ids in chunks, one after the other, and stops at the first chunk that is not certainly applied.
 * @param ids at least one, each once
 * @returns the collection after the last chunk
 * @throws the plain error when nothing was or may have been applied, `PartiallyAppliedError` otherwise
 */
export async function editInChunks(
  collectionId: string,
  ids: readonly string[],
  send: (chunk: readonly string[]) => Promise<WriteOutcome<Collection>>,
): Promise<Collection> {
  let collection: Collection | null = null;
  for (let start = 0; ; start += MAX_IDS_PER_CALL) {
    const end = start + MAX_IDS_PER_CALL;
    const outcome = await send(ids.slice(start, end));
    if (outcome.kind !== 'applied') {
      const error = explainOutcome(outcome, { typename: 'Collection', id: collectionId });
      if (start === 0 && outcome.kind === 'not-applied') throw error;
      throw new PartiallyAppliedError(error, {
        collection,
        appliedIds: ids.slice(0, start),
        ...sortChunk(outcome, ids.slice(start, end), ids.slice(end)),
      });
    }
    collection = outcome.value;
    if (end >= ids.length) return collection;
  }
}

function sortChunk(
  outcome: Exclude<WriteOutcome<Collection>, { kind: 'applied' }>,
  chunk: readonly string[],
  rest: readonly string[],
) {
  if (outcome.kind === 'unknown') return { failedIds: [], unknownIds: chunk, notAttemptedIds: rest };
  if (wasAttempted(outcome.failure)) return { failedIds: chunk, unknownIds: [], notAttemptedIds: rest };
  return { failedIds: [], unknownIds: [], notAttemptedIds: [...chunk, ...rest] };
}

function wasAttempted(failure: Failure): boolean {
  switch (failure.kind) {
    case 'timed-out':
    case 'cancelled':
      return failure.sent;
    case 'paused':
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
