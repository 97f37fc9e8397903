import type { Failure } from '../http/failure.ts';
import { GatewayError } from '../shared/gateway-error.ts';
import type { CursorCodec } from './cursor.ts';
import { explainFailure } from './explain-failure.ts';
import { positionAfter, type WalkedList, type WalkedRow, walkList } from './list-walk.ts';
import type { Row } from './page.ts';
import { type Position, startOfList } from './position.ts';
import {
  checkFirst,
  missingSlice,
  type Slice,
  type SliceArguments,
  type SliceEnds,
  toSlice,
} from './slice.ts';
import type { Subject } from './subject.ts';

/** A part of an upstream list. */
export interface ListSlice<Item extends Row> extends Slice<Item> {
  readonly rows: readonly WalkedRow<Item>[];
}

/** Gives a failure its code and its words. */
export type ExplainFailure = (failure: Failure) => GatewayError;

interface SliceRequest extends SliceArguments {
  /** Largest `first`. */
  readonly maxPageWalk: number;
  /** Smallest page that a list begins with. */
  readonly minPageSize: number;
  /** The object that the list belongs to; `null` for a list of its own. */
  readonly subject: Subject | null;
  /** `null` for a list whose failures mean what they do elsewhere. */
  readonly explain: ExplainFailure | null;
}

/**
 * Reads a part of an upstream list. A slice behind a cursor that fails for now is empty and goes on at the same cursor, so
 * that clients keep what they show and can ask again.
 * @throws GatewayError for a bad argument, when not even the first page could be read, or for what a repeat does not heal
 */
export async function readSlice<Item extends Row>(
  list: WalkedList<Item>,
  cursors: CursorCodec,
  { first, after, maxPageWalk, minPageSize, subject, explain }: SliceRequest,
): Promise<ListSlice<Item>> {
  checkFirst(first, maxPageWalk);
  const start = after === null ? startOfList(first, minPageSize) : cursors.decode(after);
  if (start === null)
    throw new GatewayError('BAD_USER_INPUT', '"after" is not a valid cursor for this list.');
  const toListSlice = (rows: readonly WalkedRow<Item>[], ends: Pick<SliceEnds, 'hasNextPage' | 'error'>) => {
    const toCursor = (row: WalkedRow<Item>): string => cursors.encode(positionAfter(row));
    return { ...toSlice(rows, itemOf, toCursor, { ...ends, hasPreviousPage: after !== null }), rows };
  };
  if (first === 0) return toListSlice([], { hasNextPage: false, error: null });
  const { rows, hasMore, failure } = await walkList(list, start, first);
  const error = failure && (explain?.(failure) ?? explainPage(failure, start, subject));
  if (error && rows.length === 0) return { ...missingSlice(error, after), rows };
  return toListSlice(rows, { hasNextPage: hasMore, error });
}

function itemOf<Item extends Row>({ item }: WalkedRow<Item>): Item {
  return item;
}

// The upstream takes its tokens for as long as it likes.
function explainPage(failure: Failure, { token }: Position, subject: Subject | null): GatewayError {
  const isBadToken = failure.kind === 'status' && failure.status === 400 && token !== null;
  if (!isBadToken) return explainFailure(failure, subject);
  const message = '"after" is no longer valid: start over from the first page.';
  return new GatewayError('BAD_USER_INPUT', message, { retryable: false }, { cause: failure });
}
