import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { PlannedCollection } from './seed-collections.ts';

const SELECT = `
  SELECT id, name, thumbnail_asset_id AS thumbnailAssetId, created_at AS createdAt, updated_at AS updatedAt,
    (SELECT count(*) FROM members WHERE collection_id = id AND kind = 'asset') AS assetCount,
    (SELECT count(*) FROM members WHERE collection_id = id AND kind = 'model') AS modelCount
  FROM collections
`;

/** Every statement that the sandbox runs, prepared once. */
export class CollectionStatements {
  readonly count: StatementSync;
  readonly list: StatementSync;
  readonly find: StatementSync;
  readonly insert: StatementSync;
  readonly update: StatementSync;
  readonly delete: StatementSync;
  readonly findMember: StatementSync;
  readonly addMember: StatementSync;
  readonly removeMember: StatementSync;

  constructor(database: DatabaseSync) {
    this.count = database.prepare('SELECT count(*) AS total FROM collections');
    this.list = database.prepare(`${SELECT} ORDER BY position DESC LIMIT ? OFFSET ?`);
    this.find = database.prepare(`${SELECT} WHERE id = ?`);
    this.insert = database.prepare(
      'INSERT INTO collections (id, name, thumbnail_asset_id, created_at, updated_at) VALUES (?, ?, ?, ?, ?)',
    );
    this.update = database.prepare(
      'UPDATE collections SET name = ?, thumbnail_asset_id = ?, updated_at = ? WHERE id = ?',
    );
    this.delete = database.prepare('DELETE FROM collections WHERE id = ?');
    this.findMember = database.prepare(
      'SELECT 1 FROM members WHERE collection_id = ? AND kind = ? AND member_id = ?',
    );
    this.addMember = database.prepare('INSERT OR IGNORE INTO members VALUES (?, ?, ?)');
    this.removeMember = database.prepare(
      'DELETE FROM members WHERE collection_id = ? AND kind = ? AND member_id = ?',
    );
  }

  /** Inserts a collection with its dates and members as planned. */
  insertPlanned(planned: PlannedCollection): void {
    const { id, name, thumbnailAssetId, createdAt, updatedAt } = planned;
    this.insert.run(id, name, thumbnailAssetId, createdAt, updatedAt);
    for (const member of planned.members) this.addMember.run(id, member.kind, member.id);
  }
}
