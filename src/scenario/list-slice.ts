import { GatewayError } from '../shared/gateway-error.ts';
import type { CursorCodec } from './cursor.ts';
import { explainFailure } from './explain-failure.ts';
import { positionAfter, type WalkedList, type WalkedRow, walkList } from './list-walk.ts';
import type { Row } from './page.ts';
import { startOfList } from './position.ts';
import type { Subject } from './subject.ts';

/** A part of a list. */
export interface Slice<Item extends Row> {
  readonly rows: readonly WalkedRow<Item>[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Why the slice is shorter than it was to be, if it is. */
  readonly error: GatewayError | null;
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
 * Reads a part of an upstream list.
 * @throws GatewayError for a bad argument, or when not even the first page could be read
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
  const hasPreviousPage = after !== null;
  const cursorOf = (row: WalkedRow<Item>): string => cursors.encode(positionAfter(row));
  if (first === 0) return { rows: [], hasNextPage: false, hasPreviousPage, error: null, cursorOf };
  const { rows, hasMore, failure } = await walkList(list, start, first);
  const error = failure && explainFailure(failure, subject);
  if (error && rows.length === 0) throw error;
  return { rows, hasNextPage: hasMore, hasPreviousPage, error, cursorOf };
}
