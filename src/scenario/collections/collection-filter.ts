import type { CollectionEntry } from './collection-entry.ts';

/** Which collections are wanted: those that all of it holds for. */
export interface CollectionFilter {
  /** What the name contains, folded. */
  readonly words: readonly string[];
  /** Whether it holds no items; `null` for both. */
  readonly isEmpty: boolean | null;
  readonly createdAt: TimeRange;
  readonly updatedAt: TimeRange;
}

/** A span of time without its ends, in milliseconds since the epoch; `null` where it is open. */
export interface TimeRange {
  readonly after: number | null;
  readonly before: number | null;
}

const ANY_TIME: TimeRange = { after: null, before: null };

/** Holds for every collection. */
export const NO_FILTER: CollectionFilter = {
  words: [],
  isEmpty: null,
  createdAt: ANY_TIME,
  updatedAt: ANY_TIME,
};

export function isMatch(entry: CollectionEntry, filter: CollectionFilter): boolean {
  const { words, isEmpty } = filter;
  for (const word of words) if (!entry.foldedName.includes(word)) return false;
  return (
    (isEmpty === null || (entry.collection.itemCount === 0) === isEmpty) &&
    isWithin(entry.createdAt, filter.createdAt) &&
    isWithin(entry.updatedAt, filter.updatedAt)
  );
}

function isWithin(time: number, { after, before }: TimeRange): boolean {
  return (after === null || time > after) && (before === null || time < before);
}
