import type { CallScope } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import { isNotFound } from '../../http/outage.ts';
import type { CollectionId } from '../../shared/brands.ts';
import { type Result, succeed } from '../../shared/result.ts';
import type { Bulk, Row } from '../page.ts';
import type { Typename } from '../subject.ts';
import { chunksOf } from './chunks-of.ts';

/** What tells its collections. */
export interface Member extends Row {
  readonly collectionIds: readonly string[];
}

/** Where an id stands: in the collection, outside of it, or nowhere. */
export type MemberState = 'in' | 'out' | 'missing';

/** The state of each id; one whose record is there but cannot be read has none. */
export type MemberStates<Id extends string> = ReadonlyMap<Id, MemberState>;

/** The reads of one kind of members. */
export interface MemberReads<Item extends Member> {
  readonly typename: Typename;
  /** Most ids of one bulk read. */
  readonly maxIds: number;
  readonly getBulk: (ids: ReadonlyArray<Item['id']>) => Promise<Result<Bulk<Item>, Failure>>;
  /** Reads one by itself that the bulk read gave only in part; `null` where that brings nothing more. */
  readonly getOne: ((id: Item['id']) => Promise<Result<Item, Failure>>) | null;
}

/**
 * Reads which of the ids are in the collection, all batches side by side.
 * @param reads none of them coalesced or from a cache
 */
export async function readMembers<Item extends Member>(
  reads: MemberReads<Item>,
  collectionId: CollectionId,
  ids: ReadonlyArray<Item['id']>,
  scope: CallScope,
): Promise<Result<MemberStates<Item['id']>, Failure>> {
  const states = new Map<Item['id'], MemberState>();
  const see = (item: Item): void => {
    states.set(item.id, item.collectionIds.includes(collectionId) ? 'in' : 'out');
  };
  const bulks = await Promise.all(
    chunksOf(ids, reads.maxIds).map(async (batch) => ({ batch, bulk: await reads.getBulk(batch) })),
  );
  const inPart: Array<Item['id']> = [];
  for (const { batch, bulk } of bulks) {
    if (!bulk.ok) return bulk;
    const { rows, malformedIds } = bulk.value;
    const malformed = new Set(malformedIds);
    rows.forEach(see);
    for (const id of batch) {
      if (states.has(id)) continue;
      if (malformed.has(id)) inPart.push(id);
      else states.set(id, 'missing');
    }
  }
  const { getOne } = reads;
  if (getOne === null) return succeed(states);
  await Promise.all(
    affordable(inPart, scope).map(async (id) => {
      const one = await getOne(id);
      if (one.ok) see(one.value);
      else if (isNotFound(one.failure)) states.set(id, 'missing');
    }),
  );
  return succeed(states);
}

// The other half of the calls that are left is for the writes.
function affordable<Id>(ids: readonly Id[], { calls }: CallScope): readonly Id[] {
  return ids.slice(0, Math.max(0, Math.floor((calls.limit - calls.made) / 2)));
}
