import type { SortOrder } from '../../../src/cache/index/index-kind.ts';

/** A record as it is listed, and as it is kept: here they are the same. */
export interface Row {
  readonly id: string;
  readonly name: string;
  readonly updatedAt: number;
}

/** @param updatedAt of two forms of a row the later one holds */
export function row(id: string, name = id, updatedAt = 0): Row {
  return { id, name, updatedAt };
}

export const byName: SortOrder<Row> = (one, other) =>
  compare(one.name, other.name) || compare(one.id, other.id);
export const byId: SortOrder<Row> = (one, other) => compare(one.id, other.id);

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
