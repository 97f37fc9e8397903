import type { SQLInputValue } from 'node:sqlite';
import type { MemberKind, Privacy } from './library-item.ts';

export type DateField = 'createdAt' | 'updatedAt';

/** Which items a list holds, and in which order. */
export interface ItemQuery {
  kind: MemberKind;
  /** Members of any of these. */
  collectionIds?: readonly string[] | undefined;
  privacies?: readonly Privacy[] | undefined;
  /** Leaves out what belongs to other organizations. */
  ownOnly?: boolean | undefined;
  types?: readonly string[] | undefined;
  /** Bounds are exclusive. */
  dates?: { field: DateField; after?: string | undefined; before?: string | undefined } | undefined;
  /** By date, equal ones by id; without it by id, which looks like no order at all. */
  order?: { field: DateField; direction: 'asc' | 'desc' } | undefined;
}

export interface SqlPart {
  sql: string;
  values: readonly SQLInputValue[];
}

const COLUMNS: Readonly<Record<DateField, string>> = { createdAt: 'created_at', updatedAt: 'updated_at' };

/** The condition of a query, as SQL over the table `items`. */
export function whereSql(query: ItemQuery): SqlPart {
  const { kind, collectionIds, privacies, ownOnly, types, dates } = query;
  const parts: SqlPart[] = [{ sql: 'kind = ?', values: [kind] }];
  if (collectionIds !== undefined) parts.push(membersOf(kind, collectionIds));
  if (privacies !== undefined) parts.push(oneOf('privacy', privacies));
  if (ownOnly === true) parts.push({ sql: 'own = 1', values: [] });
  if (types !== undefined) parts.push(oneOf('type', types));
  if (dates?.after !== undefined) parts.push({ sql: `${COLUMNS[dates.field]} > ?`, values: [dates.after] });
  if (dates?.before !== undefined) parts.push({ sql: `${COLUMNS[dates.field]} < ?`, values: [dates.before] });
  return {
    sql: parts.map(({ sql }) => sql).join(' AND '),
    values: parts.flatMap(({ values }) => values),
  };
}

export function orderSql({ order }: ItemQuery): string {
  return order === undefined ? 'id' : `${COLUMNS[order.field]} ${order.direction}, id`;
}

function membersOf(kind: MemberKind, collectionIds: readonly string[]): SqlPart {
  const { sql, values } = oneOf('collection_id', collectionIds);
  return {
    sql: `id IN (SELECT member_id FROM members WHERE kind = ? AND ${sql})`,
    values: [kind, ...values],
  };
}

function oneOf(column: string, values: readonly string[]): SqlPart {
  return { sql: `${column} IN (${values.map(() => '?').join(', ')})`, values };
}
