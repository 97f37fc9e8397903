import { type ErrorCode, GatewayError } from '../shared/gateway-error.ts';
import type { Row } from './page.ts';

/** A part of a list. */
export interface Slice<Item extends Row> extends SliceEnds {
  readonly items: readonly Item[];
  /** The cursor that resumes the list behind the item at this index. */
  cursorAt(index: number): string;
}

/** How a slice stands in its list. */
export interface SliceEnds {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Why the slice is shorter than it was to be, if it is. */
  readonly error: GatewayError | null;
  /** Where the list goes on when the slice has no items; `null` where it does not. */
  readonly resumesAt: string | null;
}

/** Which part of a list is wanted. */
export interface SliceArguments {
  /** Rows wanted, 0 to `maxPageWalk`. */
  readonly first: number;
  /** Cursor of an earlier slice. */
  readonly after: string | null;
}

/** @throws GatewayError where a list is asked for more rows than may be, or for less than none */
export function checkFirst(first: number, maxFirst: number): void {
  if (first >= 0 && first <= maxFirst) return;
  throw new GatewayError('BAD_USER_INPUT', `"first" must be 0 to ${maxFirst}, but is ${first}.`);
}

/** Makes a slice of rows. Cursors are sealed, so each is made only when it is asked for. */
export function toSlice<Item extends Row, SliceRow>(
  rows: readonly SliceRow[],
  toItem: (row: SliceRow) => Item,
  toCursor: (row: SliceRow) => string,
  ends: Omit<SliceEnds, 'resumesAt'>,
): Slice<Item> {
  return {
    ...ends,
    resumesAt: null,
    items: rows.map(toItem),
    cursorAt: (index) => {
      const row = rows[index];
      if (row === undefined) throw new RangeError(`the slice has no row ${index}`);
      return toCursor(row);
    },
  };
}

/**
 * What stands for a slice of which nothing could be read: an empty one that goes on where it was.
 * @throws the error for a first page, and where no repeat can heal it
 */
export function missingSlice<Item extends Row>(error: GatewayError, after: string | null): Slice<Item> {
  if (after === null || !PASSING.has(error.code)) throw error;
  return {
    items: [],
    hasNextPage: true,
    hasPreviousPage: true,
    resumesAt: after,
    error,
    cursorAt: () => after,
  };
}

// What a repeat can heal.
const PASSING: ReadonlySet<ErrorCode> = new Set([
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_BAD_RESPONSE',
  'RATE_LIMITED',
  'OVERLOADED',
]);
