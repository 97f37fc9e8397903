import type { Failure } from '../http/failure.ts';
import type { Result } from '../shared/result.ts';
import type { Collection, CollectionPage } from './collections/collection.ts';
import type { Position } from './cursor.ts';
import { hashRow } from './row-hash.ts';

/** Largest page that the upstream gives. */
export const MAX_PAGE_SIZE = 100;

// A list of short pages, or one that never ends, must not eat the upstream's quota.
const MAX_CALLS = 30;

// How many rows of a page its last cursor remembers.
const TAIL_ROWS = 8;

/** A row of a walk, with what its cursor is made of. */
export interface WalkedRow {
  readonly collection: Collection;
  readonly page: WalkedPage;
  readonly index: number;
}

interface WalkedPage {
  readonly token: string | null;
  readonly pageSize: number;
  readonly rows: readonly Collection[];
  /** `null` at the end of the list, whatever form the upstream gave it. */
  readonly nextToken: string | null;
}

/** What a walk brought. */
export interface Walk {
  readonly rows: readonly WalkedRow[];
  readonly hasMore: boolean;
  /** Why the walk stopped early, if it did. */
  readonly failure: Failure | null;
}

export type FetchPage = (token: string | null, pageSize: number) => Promise<Result<CollectionPage, Failure>>;

/** Where a list of `first` rows starts that resumes nowhere. */
export function startOfList(first: number): Position {
  return { token: null, pageSize: Math.min(first, MAX_PAGE_SIZE), passed: [], isInside: false };
}

/** The position from which a walk goes on behind this row. */
export function positionAfter({ page, index }: WalkedRow): Position {
  const { token, pageSize, rows, nextToken } = page;
  const isInside = nextToken === null || index < rows.length - 1;
  // The next page may repeat rows of this one, and does when rows were inserted before it.
  const from = isInside ? 0 : Math.max(0, rows.length - TAIL_ROWS);
  const passed = rows.slice(from, index + 1).map((row) => hashRow(row.id));
  return { token: isInside ? token : nextToken, pageSize, passed, isInside };
}

/**
 * Walks upstream pages until `first` rows are found (at least 1) or the list ends. Gives each row once, even
 * where pages overlap, and never fetches the same token twice.
 */
export async function walkList(fetchPage: FetchPage, start: Position, first: number): Promise<Walk> {
  const rows: WalkedRow[] = [];
  const tokens = [start.token];
  let known: Set<string> | null = null;
  let token = start.token;
  for (let calls = 0; calls < MAX_CALLS; calls += 1) {
    const fetched = await fetchPage(token, start.pageSize);
    if (!fetched.ok) return { rows, hasMore: true, failure: fetched.failure };
    const page = toWalkedPage(fetched.value, token, start.pageSize, tokens);
    // Not before there are rows: while many requests wait for theirs, what each of them holds is what counts.
    known ??= new Set();
    const isPassed = calls === 0 ? passedOnResuming(page.rows, start) : passedBefore(start);
    const fresh = freshRows(page, isPassed, known);
    const taken = fresh.slice(0, first - rows.length);
    rows.push(...taken);
    const isFull = rows.length === first;
    if (isFull)
      return { rows, hasMore: taken.length < fresh.length || page.nextToken !== null, failure: null };
    if (page.nextToken === null) return { rows, hasMore: false, failure: null };
    token = page.nextToken;
    tokens.push(token);
  }
  return { rows, hasMore: rows.length > 0, failure: null };
}

function toWalkedPage(
  page: CollectionPage,
  token: string | null,
  pageSize: number,
  seenTokens: ReadonlyArray<string | null>,
): WalkedPage {
  const isEnd = page.collections.length === 0 || seenTokens.includes(page.nextToken);
  return { token, pageSize, rows: page.collections, nextToken: isEnd ? null : page.nextToken };
}

function freshRows(page: WalkedPage, isPassed: IsPassed, known: Set<string>): WalkedRow[] {
  const fresh: WalkedRow[] = [];
  let index = 0;
  for (const collection of page.rows) {
    if (!known.has(collection.id) && !isPassed(collection, index)) {
      known.add(collection.id);
      fresh.push({ collection, page, index });
    }
    index += 1;
  }
  return fresh;
}

type IsPassed = (row: Collection, index: number) => boolean;

function passedBefore({ passed }: Position): IsPassed {
  // A page of hashes at most: looking through them takes half of what a set does.
  return passed.length === 0 ? () => false : ({ id }) => passed.includes(hashRow(id));
}

// Rows inserted or deleted before the last known one have moved it: it is looked for, not counted to.
function passedOnResuming(rows: readonly Collection[], start: Position): IsPassed {
  const isKnown = passedBefore(start);
  const lastKnown = rows.findLastIndex((row) => isKnown(row, 0));
  if (lastKnown === -1) return () => false;
  if (start.isInside) return (_row, index) => index <= lastKnown;
  const knownRows = rows.filter((row) => isKnown(row, 0)).length;
  const isWholeTailKnown = knownRows === start.passed.length;
  // A page that repeats the one before from end to end is that upstream's idea of going on. Fewer rows than a page
  // at its end were only pushed there by what was inserted before them.
  const isWholePage = rows.length >= start.pageSize || (rows.length === knownRows && knownRows < TAIL_ROWS);
  if (isWholeTailKnown && isWholePage && lastKnown === rows.length - 1) return () => false;
  // What stands before the whole tail of the page before has been passed with it.
  return isWholeTailKnown ? (_row, index) => index <= lastKnown : isKnown;
}
