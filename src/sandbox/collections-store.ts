import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
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

const SELECT = `
  SELECT id, name, thumbnail_asset_id AS thumbnailAssetId, created_at AS createdAt, updated_at AS updatedAt,
    (SELECT count(*) FROM members WHERE collection_id = id AND kind = 'asset') AS assetCount,
    (SELECT count(*) FROM members WHERE collection_id = id AND kind = 'model') AS modelCount
  FROM collections
`;

/** Collections and their members in SQLite; listed newest first, by order of insertion. */
export class CollectionsStore {
  readonly #database: DatabaseSync;
  readonly #statements: ReturnType<typeof prepare>;

  /** The database has its tables already. */
  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#statements = prepare(database);
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
    const { id, name, thumbnailAssetId, createdAt, updatedAt } = planned;
    this.#statements.insert.run(id, name, thumbnailAssetId, createdAt, updatedAt);
    for (const member of planned.members) this.#statements.addMember.run(id, member.kind, member.id);
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

function prepare(database: DatabaseSync) {
  return {
    count: database.prepare('SELECT count(*) AS total FROM collections'),
    list: database.prepare(`${SELECT} ORDER BY position DESC LIMIT ? OFFSET ?`),
    find: database.prepare(`${SELECT} WHERE id = ?`),
    insert: database.prepare(
      'INSERT INTO collections (id, name, thumbnail_asset_id, created_at, updated_at) VALUES (?, ?, ?, ?, ?)',
    ),
    update: database.prepare(
      'UPDATE collections SET name = ?, thumbnail_asset_id = ?, updated_at = ? WHERE id = ?',
    ),
    delete: database.prepare('DELETE FROM collections WHERE id = ?'),
    findMember: database.prepare(
      'SELECT 1 FROM members WHERE collection_id = ? AND kind = ? AND member_id = ?',
    ),
    addMember: database.prepare('INSERT OR IGNORE INTO members VALUES (?, ?, ?)'),
    removeMember: database.prepare(
      'DELETE FROM members WHERE collection_id = ? AND kind = ? AND member_id = ?',
    ),
  };
}
