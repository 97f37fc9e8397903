import type { Failure } from '../../../src/http/failure.ts';
import { collectionCodec } from '../../../src/scenario/collections/collection-codec.ts';
import type { MembershipCalls } from '../../../src/scenario/membership/membership-calls.ts';
import type { MemberState } from '../../../src/scenario/membership/read-members.ts';
import type { WriteOutcome } from '../../../src/scenario/write-outcome.ts';
import { fail, succeed } from '../../../src/shared/result.ts';
import { scopeOf } from '../../http/calls.ts';
import { status } from '../../http/open-calls.ts';
import { wireCollection } from '../../support/wire-collection.ts';

const WRITE = {
  endpoint: 'collections.add-assets',
  collectionId: 'col_1',
  startedAt: new Date('2026-01-01'),
};

/** What a call comes to, if not what is honest. */
type Fate = { readonly kind: 'not-applied' | 'unknown'; readonly failure: Failure } | 'lost, but made' | null;

/** How a collection and its members stand, and what goes wrong. */
interface Trouble {
  /** These are in it already. */
  readonly members?: readonly string[];
  /** These do not exist. */
  readonly missing?: readonly string[];
  /** The upstream refuses every call with one of these. */
  readonly bad?: readonly string[];
  /** Of the calls, in their order. */
  readonly outcomes?: readonly Fate[];
  readonly readFailure?: Failure;
  readonly collectionFailure?: Failure;
}

/** A call that was refused, or never sent. */
export function refuse(failure: Failure): Fate {
  return { kind: 'not-applied', failure };
}

/** A collection to which ids are added: all of a call, or none, and none that it has already. */
export function openShelf({
  members = [],
  missing = [],
  bad = [],
  outcomes = [],
  ...failures
}: Trouble = {}) {
  const held = new Set(members);
  const sent: string[][] = [];
  const reads = { members: 0, collection: 0 };
  const collection = () => {
    const wire = wireCollection({ id: 'col_1', name: `after ${sent.length} calls` });
    const decoded = collectionCodec.one.decode({ collection: wire });
    if (!decoded.ok) throw new Error('It cannot be read.');
    return decoded.value;
  };
  const send = async (ids: readonly string[]): Promise<WriteOutcome<ReturnType<typeof collection>>> => {
    const fate = outcomes[sent.length] ?? null;
    sent.push([...ids]);
    if (fate !== null && fate !== 'lost, but made') {
      const { kind, failure } = fate;
      return kind === 'unknown' ? { kind, failure, write: WRITE, wasHeldBack: false } : { kind, failure };
    }
    const isRefused = ids.some((id) => held.has(id) || missing.includes(id) || bad.includes(id));
    if (isRefused) return { kind: 'not-applied', failure: status(400) };
    for (const id of ids) held.add(id);
    if (fate === null) return { kind: 'applied', value: collection() };
    return { kind: 'unknown', failure: status(500), write: WRITE, wasHeldBack: false };
  };
  const stateOf = (id: string): MemberState => {
    if (missing.includes(id)) return 'missing';
    return held.has(id) ? 'in' : 'out';
  };
  const calls: MembershipCalls<string> = {
    scope: scopeOf(),
    subject: { typename: 'Collection', id: 'col_1' },
    endpoint: 'collections.assets.add',
    memberType: 'Asset',
    wanted: 'in',
    send,
    readCollection: async () => {
      reads.collection += 1;
      return failures.collectionFailure ? fail(failures.collectionFailure) : succeed(collection());
    },
    readMembers: async (ids) => {
      reads.members += 1;
      if (failures.readFailure) return fail(failures.readFailure);
      return succeed(new Map(ids.map((id) => [id, stateOf(id)])));
    },
  };
  return { calls, sent, reads };
}
