import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import { inTransaction } from '../transaction.ts';
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

const idRow = z.object({ id: z.string() });

const SELECT = `
  SELECT kind, id, ordinal, created_at AS createdAt, updated_at AS updatedAt, type, privacy, own FROM items
`;

/** The assets and models that exist, whether or not a collection holds them. */
export class LibraryStore {
  readonly #database: DatabaseSync;
  readonly #find: StatementSync;
  readonly #insert: StatementSync;
  readonly #collectionsOf: StatementSync;
  readonly #membersOf: StatementSync;

  #revision = 0;

  /** The database has its tables already. */
  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#find = database.prepare(`${SELECT} WHERE kind = ? AND id = ?`);
    this.#insert = database.prepare('INSERT OR IGNORE INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    this.#collectionsOf = database.prepare(
      'SELECT collection_id AS id FROM members WHERE kind = ? AND member_id = ? ORDER BY collection_id',
    );
    this.#membersOf = database.prepare(
      'SELECT member_id AS id FROM members WHERE collection_id = ? AND kind = ?',
    );
  }

  find(kind: MemberKind, id: string): LibraryItem | undefined {
    return itemRow.optional().parse(this.#find.get(kind, id));
  }

  /** Grows whenever items come or go. */
  get revision(): number {
    return this.#revision;
  }

  /** Keeps items; one whose kind and id are there already stays as it is. */
  insert(items: Iterable<LibraryItem>): void {
    for (const { kind, id, ordinal, createdAt, updatedAt, type, privacy, own } of items) {
      this.#insert.run(kind, id, ordinal, createdAt, updatedAt, type, privacy, own ? 1 : 0);
      this.#revision += 1;
    }
  }

  /** Deletes items of one kind, and takes them out of their collections. */
  delete(kind: MemberKind, ids: readonly string[]): void {
    inTransaction(this.#database, () => {
      for (const table of [
        { name: 'members', id: 'member_id' },
        { name: 'items', id: 'id' },
      ] as const) {
        const statement = this.#database.prepare(
          `DELETE FROM ${table.name} WHERE kind = ? AND ${table.id} = ?`,
        );
        for (const id of ids) statement.run(kind, id);
      }
    });
    this.#revision += 1;
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
    return idsOf(this.#collectionsOf.all(kind, id));
  }

  /** What a collection holds of one kind. */
  memberIds(kind: MemberKind, collectionId: string): string[] {
    return idsOf(this.#membersOf.all(collectionId, kind));
  }

  /** The collections of all members of one kind, by member. */
  memberships(kind: MemberKind): Map<string, string[]> {
    const statement = this.#database.prepare(
      'SELECT member_id AS member, collection_id AS collection FROM members WHERE kind = ? ORDER BY collection_id',
    );
    const byMember = new Map<string, string[]>();
    for (const { member, collection } of statement.iterate(kind)) {
      const collections = byMember.get(String(member));
      if (collections === undefined) byMember.set(String(member), [String(collection)]);
      else collections.push(String(collection));
    }
    return byMember;
  }
}

function idsOf(rows: unknown): string[] {
  return idRow
    .array()
    .parse(rows)
    .map(({ id }) => id);
}
