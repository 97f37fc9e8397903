import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import { type ItemQuery, orderSql, whereSql } from './item-query.ts';
import type { LibraryItem, MemberKind } from './library-item.ts';

const itemRow = z.object({
  kind: z.enum(['asset', 'model']),
  id: z.string(),
  ordinal: z.number(),
  createdAt: z.string(),
  updatedAt: z.string(),
  type: z.string(),
  privacy: z.enum(['private', 'public', 'unlisted']),
  own: z.number().transform((own) => own === 1),
});

const SELECT = `
  SELECT kind, id, ordinal, created_at AS createdAt, updated_at AS updatedAt, type, privacy, own FROM items
`;

/** The assets and models that exist, whether or not a collection holds them. */
export class LibraryStore {
  readonly #database: DatabaseSync;
  readonly #find: StatementSync;
  readonly #insert: StatementSync;
  readonly #collectionsOf: StatementSync;

  /** The database has its tables already. */
  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#find = database.prepare(`${SELECT} WHERE kind = ? AND id = ?`);
    this.#insert = database.prepare('INSERT OR IGNORE INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    this.#collectionsOf = database.prepare(
      'SELECT collection_id AS id FROM members WHERE kind = ? AND member_id = ? ORDER BY collection_id',
    );
  }

  find(kind: MemberKind, id: string): LibraryItem | undefined {
    return itemRow.optional().parse(this.#find.get(kind, id));
  }

  /** Keeps an item; one of that kind and id stays as it is. */
  insert({ kind, id, ordinal, createdAt, updatedAt, type, privacy, own }: LibraryItem): void {
    this.#insert.run(kind, id, ordinal, createdAt, updatedAt, type, privacy, own ? 1 : 0);
  }

  count(query: ItemQuery): number {
    const { sql, values } = whereSql(query);
    const row = this.#database.prepare(`SELECT count(*) AS total FROM items WHERE ${sql}`).get(...values);
    return z.object({ total: z.number() }).parse(row).total;
  }

  list(query: ItemQuery, from: number, take: number): LibraryItem[] {
    const { sql, values } = whereSql(query);
    const statement = this.#database.prepare(
      `${SELECT} WHERE ${sql} ORDER BY ${orderSql(query)} LIMIT ? OFFSET ?`,
    );
    return itemRow.array().parse(statement.all(...values, take, from));
  }

  /** The collections that hold it, the truth of this moment. */
  collectionIdsOf(kind: MemberKind, id: string): string[] {
    return z
      .array(z.object({ id: z.string() }))
      .parse(this.#collectionsOf.all(kind, id))
      .map((row) => row.id);
  }
}
