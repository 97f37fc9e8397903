import { type InputIssue, InvalidInputError } from '../errors.ts';
import { foldWords } from '../fold-text.ts';
import { instantOf, isRfc3339 } from '../rfc3339.ts';
import type { CollectionFilter, TimeRange } from './collection-filter.ts';

/** A filter as a client writes it; what is absent or null filters nothing. */
export interface CollectionFilterInput {
  readonly name?: string | null | undefined;
  readonly isEmpty?: boolean | null | undefined;
  readonly createdAt?: TimeRangeInput | null | undefined;
  readonly updatedAt?: TimeRangeInput | null | undefined;
}

/** Each end an RFC 3339 date. */
export interface TimeRangeInput {
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
}

const MAX_NAME_LENGTH = 200;
const MAX_SHOWN = 60;

/**
 * Reads a filter.
 * @param path where it stands, for messages
 * @throws InvalidInputError for a name of more than 200 characters, or what is no date
 */
export function parseCollectionFilter(
  { name, isEmpty, createdAt, updatedAt }: CollectionFilterInput,
  path: readonly string[],
): CollectionFilter {
  const issues: InputIssue[] = [];
  const words = parseWords(name ?? '', [...path, 'name'], issues);
  const created = parseRange(createdAt ?? {}, [...path, 'createdAt'], issues);
  const updated = parseRange(updatedAt ?? {}, [...path, 'updatedAt'], issues);
  if (issues.length > 0) throw new InvalidInputError(issues);
  return { words, isEmpty: isEmpty ?? null, createdAt: created, updatedAt: updated };
}

function parseWords(name: string, path: readonly string[], issues: InputIssue[]): readonly string[] {
  const { length } = Array.from(name);
  if (length <= MAX_NAME_LENGTH) return foldWords(name);
  const message = `The name to look for must have at most ${MAX_NAME_LENGTH} characters, but has ${length}.`;
  issues.push({ path, message });
  return [];
}

function parseRange(range: TimeRangeInput, path: readonly string[], issues: InputIssue[]): TimeRange {
  return {
    after: parseTime(range.after ?? null, [...path, 'after'], issues),
    before: parseTime(range.before ?? null, [...path, 'before'], issues),
  };
}

function parseTime(text: string | null, path: readonly string[], issues: InputIssue[]): number | null {
  if (text === null) return null;
  if (isRfc3339(text)) return instantOf(text);
  const shown = JSON.stringify(text.slice(0, MAX_SHOWN));
  issues.push({ path, message: `${shown} is not an RFC 3339 date such as "2026-01-31T12:00:00Z".` });
  return null;
}
