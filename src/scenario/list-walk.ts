import type { Failure } from '../http/failure.ts';
import type { Result } from '../shared/result.ts';
import type { Position } from './cursor.ts';
import type { Collection, CollectionPage } from './model.ts';
import { hashRow } from './row-hash.ts';

/** Largest page that the upstream gives. */
export const MAX_PAGE_SIZE = 100;

// A list of short pages, or one that never ends, must not eat the upstream's quota.
const MAX_CALLS = 30;

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
  const passed = rows.slice(0, index + 1).map((row) => hashRow(row.id));
  if (nextToken === null || index < rows.length - 1) return { token, pageSize, passed, isInside: true };
  // The next page may repeat rows of this one, and does when rows were inserted before it.
  return { token: nextToken, pageSize, passed, isInside: false };
}

/**
 * Walks upstream pages until `first` rows are found (at least 1) or the list ends. Gives each row once, even
 * where pages overlap, and never fetches the same token twice.
 */
export async function walkList(fetchPage: FetchPage, start: Position, first: number): Promise<Walk> {
  const rows: WalkedRow[] = [];
  const isNew = createRowFilter(start.passed);
  const tokens = new Set<string | null>();
  let token = start.token;
  for (let calls = 0; calls < MAX_CALLS; calls += 1) {
    tokens.add(token);
    const fetched = await fetchPage(token, start.pageSize);
    if (!fetched.ok) return { rows, hasMore: true, failure: fetched.failure };
    const page = toWalkedPage(fetched.value, token, start.pageSize, tokens);
    const from = calls === 0 && start.isInside ? firstUnpassed(page.rows, start.passed) : 0;
    const fresh = page.rows.flatMap((collection, index) =>
      index >= from && isNew(collection) ? [{ collection, page, index }] : [],
    );
    const taken = fresh.slice(0, first - rows.length);
    rows.push(...taken);
    const isFull = rows.length === first;
    if (isFull)
      return { rows, hasMore: taken.length < fresh.length || page.nextToken !== null, failure: null };
    if (page.nextToken === null) return { rows, hasMore: false, failure: null };
    token = page.nextToken;
  }
  return { rows, hasMore: rows.length > 0, failure: null };
}

function toWalkedPage(
  page: CollectionPage,
  token: string | null,
  pageSize: number,
  seenTokens: ReadonlySet<string | null>,
): WalkedPage {
  const isEnd = page.collections.length === 0 || seenTokens.has(page.nextToken);
  return { token, pageSize, rows: page.collections, nextToken: isEnd ? null : page.nextToken };
}

function createRowFilter(passed: readonly number[]): (row: Collection) => boolean {
  const ids = new Set<string>();
  const hashes = new Set(passed);
  return ({ id }) => {
    if (ids.has(id) || (hashes.size > 0 && hashes.has(hashRow(id)))) return false;
    ids.add(id);
    return true;
  };
}

// Rows inserted or deleted before the last known one have moved it: it is looked for, not counted to.
function firstUnpassed(rows: readonly Collection[], passed: readonly number[]): number {
  const hashes = new Set(passed);
  return rows.findLastIndex((row) => hashes.has(hashRow(row.id))) + 1;
}
