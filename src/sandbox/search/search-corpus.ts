import type { FaultRegistry } from '../fault-registry.ts';
import type { Faults } from '../faults.ts';
import type { LibraryItem, MemberKind } from '../library/library-item.ts';
import type { LibraryStore } from '../library/library-store.ts';
import type { FieldValue } from './filter.ts';

/** What the index holds of an item beside what all items have. */
export interface SearchDescription {
  /** What words are looked for in. */
  text: string;
  fields: Readonly<Record<string, FieldValue>>;
}

export interface SearchDocument extends SearchDescription {
  item: LibraryItem;
}

const NEWEST_FIRST = { field: 'createdAt', direction: 'desc' } as const;

/** All items of one kind as they are searched, newest first: made at the first search, and again when items came or switches changed. */
export class SearchCorpus {
  readonly #library: LibraryStore;
  readonly #faults: FaultRegistry;
  readonly #kind: MemberKind;
  readonly #describe: (item: LibraryItem) => SearchDescription;
  #documents: readonly SearchDocument[] = [];
  #revision: number | undefined;
  #madeWith: Faults | undefined;

  constructor(
    library: LibraryStore,
    faults: FaultRegistry,
    kind: MemberKind,
    describe: (item: LibraryItem) => SearchDescription,
  ) {
    this.#library = library;
    this.#faults = faults;
    this.#kind = kind;
    this.#describe = describe;
  }

  /** @param deleted items that the index still has, though they are gone */
  documents(deleted: readonly LibraryItem[]): readonly SearchDocument[] {
    const existing = this.#existing();
    if (deleted.length === 0) return existing;
    return [...existing, ...deleted.map((item) => this.#document(item))].toSorted(
      (a, b) => Date.parse(b.item.createdAt) - Date.parse(a.item.createdAt),
    );
  }

  #existing(): readonly SearchDocument[] {
    if (this.#revision !== this.#library.revision || this.#madeWith !== this.#faults.current) {
      const items = this.#library.list({ kind: this.#kind, order: NEWEST_FIRST }, 0, Number.MAX_SAFE_INTEGER);
      this.#documents = items.map((item) => this.#document(item));
      this.#revision = this.#library.revision;
      this.#madeWith = this.#faults.current;
    }
    return this.#documents;
  }

  #document(item: LibraryItem): SearchDocument {
    const { text, fields } = this.#describe(item);
    return { item, text: text.toLowerCase(), fields };
  }
}
