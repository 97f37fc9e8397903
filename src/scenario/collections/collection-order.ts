import type { SortOrder } from '../../cache/index/index-kind.ts';
import type { CollectionEntry } from './collection-entry.ts';

/** What collections can be sorted by. */
export type CollectionOrderField = keyof typeof KEYS;

export interface CollectionOrder {
  readonly field: CollectionOrderField;
  readonly direction: 'ASC' | 'DESC';
}

/** What an entry is sorted by. */
export type SortKey = string | number;

/** Where an entry stands in an order, whether it is still there or not. */
export interface SortPlace {
  readonly key: SortKey;
  /** Ties are broken by id. */
  readonly id: string;
}

/** The order of a filter that comes without one. */
export const NEWEST_FIRST: CollectionOrder = { field: 'CREATED_AT', direction: 'DESC' };

// As people sort: accents and case tell only what is equal otherwise, and numbers go by their value.
const collator = new Intl.Collator('en', { numeric: true });
// The place of a row is in its cursor.
const MAX_KEY_LENGTH = 256;

const KEYS = {
  NAME: ({ collection }: CollectionEntry): SortKey => collection.name.slice(0, MAX_KEY_LENGTH),
  CREATED_AT: ({ createdAt }: CollectionEntry): SortKey => createdAt,
  UPDATED_AT: ({ updatedAt }: CollectionEntry): SortKey => updatedAt,
  ITEM_COUNT: ({ collection }: CollectionEntry): SortKey => collection.itemCount,
};

const SORT_ORDERS = {
  NAME: sortOrderBy('NAME'),
  CREATED_AT: sortOrderBy('CREATED_AT'),
  UPDATED_AT: sortOrderBy('UPDATED_AT'),
  ITEM_COUNT: sortOrderBy('ITEM_COUNT'),
};

/** The ascending order by a field. Always the same one, as sorted records are kept by it. */
export function sortOrderOf(field: CollectionOrderField): SortOrder<CollectionEntry> {
  return SORT_ORDERS[field];
}

export function placeOf(entry: CollectionEntry, field: CollectionOrderField): SortPlace {
  return { key: KEYS[field](entry), id: entry.id };
}

/** Negative where the one stands before the other in ascending order. */
export function comparePlaces(one: SortPlace, other: SortPlace): number {
  return compareKeys(one.key, other.key) || compareIds(one.id, other.id);
}

function sortOrderBy(field: CollectionOrderField): SortOrder<CollectionEntry> {
  const keyOf = KEYS[field];
  return (one, other) => compareKeys(keyOf(one), keyOf(other)) || compareIds(one.id, other.id);
}

function compareKeys(one: SortKey, other: SortKey): number {
  return typeof one === 'string' && typeof other === 'string'
    ? collator.compare(one, other)
    : Number(one) - Number(other);
}

function compareIds(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
