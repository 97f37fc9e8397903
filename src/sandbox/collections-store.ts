import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { CollectionStatements } from './collection-statements.ts';
import type { PlannedCollection } from './seed-collections.ts';

export type MemberKind = 'asset' | 'model';

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

const SCHEMA_VERSION = 1;

/** Collections and their members in SQLite; listed newest first, by order of insertion. */
export class CollectionsStore {
  readonly #database: DatabaseSync;
  readonly #statements: CollectionStatements;

  /**
   * Opens the file, or memory without one. `seed` is asked only when the store is new: a file whose collections were
   * all deleted stays empty. Throws when the file was written by another version of the sandbox.
   */
  constructor(file: string | undefined, seed: () => Iterable<PlannedCollection>) {
    this.#database = new DatabaseSync(file ?? ':memory:', { timeout: 2000 });
    try {
      this.#statements = this.#prepare(file ?? 'memory', seed);
    } catch (error) {
      this.#database.close();
      throw error;
    }
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

  close(): void {
    this.#database.close();
  }

  #changeMembers(collection: StoredCollection, change: () => void): void {
    this.#inTransaction(() => {
      change();
      this.update(collection, {});
    });
  }

  #prepare(label: string, seed: () => Iterable<PlannedCollection>): CollectionStatements {
    const version = this.#database.prepare('PRAGMA user_version').get()?.['user_version'];
    if (version === SCHEMA_VERSION) return new CollectionStatements(this.#database);
    if (version !== 0) {
      throw new Error(`${label} was written by another version of the sandbox (schema ${String(version)})`);
    }
    return this.#inTransaction(() => {
      const statements = CollectionStatements.onNewTables(this.#database);
      for (const collection of seed()) statements.insertPlanned(collection);
      this.#database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
      return statements;
    });
  }

  #inTransaction<Result>(work: () => Result): Result {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }
}

/** Now, but always after `earlier`: two writes within a millisecond still move the date. */
function laterThan(earlier: string): string {
  return new Date(Math.max(Date.now(), Date.parse(earlier) + 1)).toISOString();
}
