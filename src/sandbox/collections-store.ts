import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { CollectionStatements } from './collection-statements.ts';
import type { MemberKind } from './library/library-item.ts';
import type { PlannedCollection } from './seed-collections.ts';
import { inTransaction } from './transaction.ts';

const collectionRow = z.object({
  id: z.string(),
  name: z.string(),
  thumbnailAssetId: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  assetCount: z.number(),
  modelCount: z.number(),
});

export type StoredCollection = z.output<typeof collectionRow>;

export interface CollectionChange {
  name?: string | undefined;
  /** An asset id; `null` unsets. */
  thumbnail?: string | null | undefined;
}

/** Collections and their members in SQLite; listed newest first, by order of insertion. */
export class CollectionsStore {
  readonly #database: DatabaseSync;
  readonly #statements: CollectionStatements;

  /** The database has its tables already. */
  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#statements = new CollectionStatements(database);
  }

  count(): number {
    return z.object({ total: z.number() }).parse(this.#statements.count.get()).total;
  }

  list(from: number, take: number): StoredCollection[] {
    return collectionRow.array().parse(this.#statements.list.all(take, from));
  }

  find(id: string): StoredCollection | undefined {
    return collectionRow.optional().parse(this.#statements.find.get(id));
  }

  insert(id: string, name: string): void {
    const now = new Date().toISOString();
    this.#statements.insert.run(id, name, null, now, now);
  }

  /** Inserts a collection with its dates and members as planned; the members exist. */
  insertPlanned(planned: PlannedCollection): void {
    this.#statements.insertPlanned(planned);
  }

  update({ id, ...current }: StoredCollection, change: CollectionChange): void {
    const thumbnail = change.thumbnail === undefined ? current.thumbnailAssetId : change.thumbnail;
    this.#statements.update.run(change.name ?? current.name, thumbnail, laterThan(current.updatedAt), id);
  }

  delete(id: string): void {
    this.#statements.delete.run(id);
  }

  /** Those of `memberIds` that the collection holds already. */
  membersAmong(id: string, kind: MemberKind, memberIds: readonly string[]): Set<string> {
    return new Set(
      memberIds.filter((member) => this.#statements.findMember.get(id, kind, member) !== undefined),
    );
  }

  /** Adds the ids all or nothing; ids that are members already stay as they are. */
  addMembers(collection: StoredCollection, kind: MemberKind, memberIds: readonly string[]): void {
    this.#changeMembers(collection, () => {
      for (const member of memberIds) this.#statements.addMember.run(collection.id, kind, member);
    });
  }

  /** Removes the ids all or nothing; absent ids are passed over. */
  removeMembers(collection: StoredCollection, kind: MemberKind, memberIds: readonly string[]): void {
    this.#changeMembers(collection, () => {
      for (const member of memberIds) this.#statements.removeMember.run(collection.id, kind, member);
    });
  }

  #changeMembers(collection: StoredCollection, change: () => void): void {
    inTransaction(this.#database, () => {
      change();
      this.update(collection, {});
    });
  }
}

/** Now, but always after `earlier`: two writes within a millisecond still move the date. */
function laterThan(earlier: string): string {
  return new Date(Math.max(Date.now(), Date.parse(earlier) + 1)).toISOString();
}
