import type { LibraryItem, MemberKind } from '../library/library-item.ts';
import type { LibraryStore } from '../library/library-store.ts';

interface Change {
  atMs: number;
  kind: MemberKind;
  memberId: string;
  /** The collections that held it before. */
  before: readonly string[];
}

interface Deletion {
  atMs: number;
  item: LibraryItem;
}

/** The longest time that the search can lag behind. */
export const MOST_LAG_MS = 600_000;

/** Remembers for a while where members were, and what was deleted, as the index of the search learns of changes late. */
export class MembershipJournal {
  readonly #library: LibraryStore;
  #changes: Change[] = [];
  #deletions: Deletion[] = [];

  constructor(library: LibraryStore) {
    this.#library = library;
  }

  /** To be told before the collections of these items change. */
  willChange(kind: MemberKind, memberIds: readonly string[]): void {
    const atMs = Date.now();
    this.#changes = this.#changes.filter((change) => atMs - change.atMs < MOST_LAG_MS);
    for (const memberId of memberIds) {
      this.#changes.push({ atMs, kind, memberId, before: this.#library.collectionIdsOf(kind, memberId) });
    }
  }

  /** To be told before these items are deleted. */
  willDelete(kind: MemberKind, ids: readonly string[]): void {
    this.willChange(kind, ids);
    const atMs = Date.now();
    this.#deletions = this.#deletions.filter((deletion) => atMs - deletion.atMs < MOST_LAG_MS);
    for (const id of ids) {
      const item = this.#library.find(kind, id);
      if (item !== undefined) this.#deletions.push({ atMs, item });
    }
  }

  /** The items of one kind that were deleted since then. */
  deletedSince(kind: MemberKind, sinceMs: number): LibraryItem[] {
    return this.#deletions
      .filter(({ atMs, item }) => item.kind === kind && atMs > sinceMs)
      .map(({ item }) => item);
  }

  /** Where the items of one kind are, as far as an index knows that learns of it so much later. */
  collectionsAsIndexed(kind: MemberKind, lagMs: number): (id: string) => readonly string[] {
    const unknownYet = this.#changedSince(kind, Date.now() - lagMs);
    let known: ReadonlyMap<string, readonly string[]> | undefined;
    return (id) => {
      const before = lagMs === 0 ? undefined : unknownYet.get(id);
      if (before !== undefined) return before;
      known ??= this.#library.memberships(kind);
      return known.get(id) ?? [];
    };
  }

  /** The items of one kind whose collections changed since then, each with those that held it before. */
  #changedSince(kind: MemberKind, sinceMs: number): ReadonlyMap<string, readonly string[]> {
    const before = new Map<string, readonly string[]>();
    for (const change of this.#changes) {
      const isFirst = change.kind === kind && change.atMs > sinceMs && !before.has(change.memberId);
      if (isFirst) before.set(change.memberId, change.before);
    }
    return before;
  }
}
