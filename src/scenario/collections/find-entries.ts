import { partitionPoint } from '../../cache/index/partition-point.ts';
import type { RecordSet } from '../../cache/index/record-set.ts';
import type { CollectionEntry } from './collection-entry.ts';
import { type CollectionFilter, isMatch } from './collection-filter.ts';
import {
  type CollectionOrder,
  comparePlaces,
  placeOf,
  type SortPlace,
  sortOrderOf,
} from './collection-order.ts';

/** Which collections are wanted, in which order. */
export interface FindQuery {
  readonly filter: CollectionFilter;
  readonly order: CollectionOrder;
}

/**
 * The first entries that the filter holds for, at most so many.
 * @param after the place that they stand behind; `null` for the start
 */
export function findEntries(
  records: RecordSet<CollectionEntry>,
  { filter, order }: FindQuery,
  after: SortPlace | null,
  count: number,
): CollectionEntry[] {
  const sorted = records.sorted(sortOrderOf(order.field));
  const step = order.direction === 'ASC' ? 1 : -1;
  const found: CollectionEntry[] = [];
  for (let index = startOf(sorted, order, after); found.length < count; index += step) {
    const entry = sorted[index];
    if (entry === undefined) break;
    if (isMatch(entry, filter)) found.push(entry);
  }
  return found;
}

/** How many collections the filter holds for. */
export function countEntries(records: RecordSet<CollectionEntry>, filter: CollectionFilter): number {
  return records.count((entry) => isMatch(entry, filter));
}

function startOf(
  sorted: readonly CollectionEntry[],
  { field, direction }: CollectionOrder,
  after: SortPlace | null,
): number {
  const isAscending = direction === 'ASC';
  if (after === null) return isAscending ? 0 : sorted.length - 1;
  const place = (entry: CollectionEntry) => comparePlaces(placeOf(entry, field), after);
  return isAscending
    ? partitionPoint(sorted, (entry) => place(entry) <= 0)
    : partitionPoint(sorted, (entry) => place(entry) < 0) - 1;
}
