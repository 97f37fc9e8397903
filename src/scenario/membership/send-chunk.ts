import type { Failure } from '../../http/failure.ts';
import type { GatewayError } from '../../shared/gateway-error.ts';
import type { Collection } from '../collections/collection.ts';
import { NotFoundError } from '../errors.ts';
import { type Sighting, settleWrite } from '../settle-write.ts';
import { explainOutcome } from '../write-outcome.ts';
import type { MemberFates } from './member-fates.ts';
import type { MembershipCalls } from './membership-calls.ts';
import { isAboutIds, wasAttempted } from './refusal.ts';

/** What came of one chunk. */
export type SentChunk<Id extends string> =
  /** `collection` is `null` when a read has settled the chunk. */
  | { readonly kind: 'done'; readonly collection: Collection | null }
  /** One of these ids, or the collection, may be the reason. */
  | { readonly kind: 'refused'; readonly ids: readonly Id[]; readonly failure: Failure }
  | { readonly kind: 'stopped'; readonly error: GatewayError };

/** Sends one chunk, settles it when its answer is lost, and notes what became of each id. */
export async function sendChunk<Id extends string>(
  ids: readonly Id[],
  calls: MembershipCalls<Id>,
  fates: MemberFates<Id>,
): Promise<SentChunk<Id>> {
  let pending = ids;
  let wasRead = false;
  const look = async (): Promise<Sighting<Collection | null>> => {
    const states = await calls.readMembers(pending);
    wasRead = states.ok;
    if (!states.ok) return { kind: 'unreadable' };
    const asWanted = pending.filter((id) => states.value.get(id) === calls.wanted);
    const missing = pending.filter((id) => states.value.get(id) === 'missing');
    const left = pending.filter((id) => !asWanted.includes(id) && !missing.includes(id));
    // All or none: where some are not as asked, the others were so before.
    fates.note(asWanted, left.length + missing.length === 0 ? 'changed' : 'unchanged');
    for (const id of missing) fates.noteFailure(id, new NotFoundError({ typename: calls.memberType, id }));
    pending = left;
    return left.length === 0 ? { kind: 'confirmed', value: null } : { kind: 'not-seen' };
  };
  const outcome = await settleWrite<Collection | null>(() => calls.send(pending), look, calls.scope);
  if (outcome.kind === 'applied') {
    fates.note(pending, 'changed');
    return { kind: 'done', collection: outcome.value };
  }
  const isUnclear = outcome.kind === 'unknown';
  if (isAboutIds(outcome.failure) && (wasRead || !isUnclear)) {
    // Until each of them is alone, an earlier try of them may still arrive.
    fates.note(pending, isUnclear ? 'unknown' : 'refused');
    return { kind: 'refused', ids: pending, failure: outcome.failure };
  }
  if (isUnclear) fates.note(pending, 'unknown');
  else if (wasAttempted(outcome.failure)) fates.note(pending, 'refused');
  return { kind: 'stopped', error: explainOutcome(outcome, calls.subject) };
}
