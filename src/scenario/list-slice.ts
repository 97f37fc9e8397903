import type { Failure } from '../http/failure.ts';
import { type ErrorCode, GatewayError } from '../shared/gateway-error.ts';
import type { CursorCodec } from './cursor.ts';
import { explainFailure } from './explain-failure.ts';
import { positionAfter, type WalkedList, type WalkedRow, walkList } from './list-walk.ts';
import type { Row } from './page.ts';
import { type Position, startOfList } from './position.ts';
import type { Subject } from './subject.ts';

/** A part of a list. */
export interface Slice<Item extends Row> {
  readonly rows: readonly WalkedRow<Item>[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Why the slice is shorter than it was to be, if it is. */
  readonly error: GatewayError | null;
  /** Where the list goes on when the slice has no rows; `null` where it does not. */
  readonly resumesAt: string | null;
  /** The cursor that resumes the list behind this row. */
  cursorOf(row: WalkedRow<Item>): string;
}

/** Which part of a list is wanted. */
export interface SliceArguments {
  /** Rows wanted, 0 to `maxPageWalk`. */
  readonly first: number;
  /** Cursor of an earlier slice. */
  readonly after: string | null;
}

interface SliceRequest extends SliceArguments {
  /** Largest `first`. */
  readonly maxPageWalk: number;
  /** The object that the list belongs to; `null` for a list of its own. */
  readonly subject: Subject | null;
}

/**
 * Reads a part of an upstream list. A slice behind a cursor that fails for now is empty and goes on at the same cursor, so
 * that clients keep what they show and can ask again.
 * @throws GatewayError for a bad argument, when not even the first page could be read, or for what a repeat does not heal
 */
export async function readSlice<Item extends Row>(
  list: WalkedList<Item>,
  cursors: CursorCodec,
  { first, after, maxPageWalk, subject }: SliceRequest,
): Promise<Slice<Item>> {
  if (first < 0 || first > maxPageWalk)
    throw new GatewayError('BAD_USER_INPUT', `"first" must be 0 to ${maxPageWalk}, but is ${first}.`);
  const start = after === null ? startOfList(first) : cursors.decode(after);
  if (start === null)
    throw new GatewayError('BAD_USER_INPUT', '"after" is not a valid cursor for this list.');
  const common = {
    hasPreviousPage: after !== null,
    resumesAt: null,
    cursorOf: (row: WalkedRow<Item>): string => cursors.encode(positionAfter(row)),
  };
  if (first === 0) return { ...common, rows: [], hasNextPage: false, error: null };
  const { rows, hasMore, failure } = await walkList(list, start, first);
  const error = failure && explainPage(failure, start, subject);
  if (!error || rows.length > 0) return { ...common, rows, hasNextPage: hasMore, error };
  if (after === null || !PASSING.has(error.code)) throw error;
  return { ...common, rows, hasNextPage: true, resumesAt: after, error };
}

// The upstream takes its tokens for as long as it likes.
function explainPage(failure: Failure, { token }: Position, subject: Subject | null): GatewayError {
  const isBadToken = failure.kind === 'status' && failure.status === 400 && token !== null;
  if (!isBadToken) return explainFailure(failure, subject);
  const message = '"after" is no longer valid: start over from the first page.';
  return new GatewayError('BAD_USER_INPUT', message, { retryable: false }, { cause: failure });
}

// What a repeat can heal.
const PASSING: ReadonlySet<ErrorCode> = new Set([
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_BAD_RESPONSE',
  'RATE_LIMITED',
  'OVERLOADED',
]);
