import type { MemberKind } from '../library/library-item.ts';
import type { LibraryStore } from '../library/library-store.ts';
import type { MembershipJournal } from './membership-journal.ts';

/** Where members are as far as an index knows that learns of it so much later. */
export function indexedMemberships(
  library: LibraryStore,
  journal: MembershipJournal,
  kind: MemberKind,
  lagMs: number,
): (id: string) => readonly string[] {
  const unknownYet = journal.changedSince(kind, Date.now() - lagMs);
  let known: ReadonlyMap<string, readonly string[]> | undefined;
  return (id) => {
    const before = lagMs === 0 ? undefined : unknownYet.get(id);
    if (before !== undefined) return before;
    known ??= library.memberships(kind);
    return known.get(id) ?? [];
  };
}
