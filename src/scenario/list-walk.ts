import type { Failure } from '../http/failure.ts';
import type { Result } from '../shared/result.ts';
import type { Page, Row } from './page.ts';
import {
  findPlace,
  type IsPassed,
  isNoRow,
  passedBefore,
  passedOnResuming,
  TAIL_ROWS,
} from './passed-rows.ts';
import { isCheaperFromStart, MAX_PAGE_SIZE, type Position, startOfPart } from './position.ts';
import { hashRow } from './row-hash.ts';
import { SeenIds } from './seen-ids.ts';

/** A row of a walk, with what its cursor is made of. */
export interface WalkedRow<Item extends Row> {
  readonly item: Item;
  readonly page: WalkedPage<Item>;
  readonly index: number;
}

interface WalkedPage<Item extends Row> extends Page<Item> {
  readonly part: number;
  readonly token: string | null;
  readonly pageSize: number;
  /** Rows of this part that lie before the page; `null` where that is not known. */
  readonly before: number | null;
}

/** What a walk brought. */
export interface Walk<Item extends Row> {
  readonly rows: readonly WalkedRow<Item>[];
  readonly hasMore: boolean;
  /** Why the walk stopped early, if it did. */
  readonly failure: Failure | null;
}

/** An upstream list, or several that follow one another and are read as one. */
export interface WalkedList<Item extends Row> {
  /** How many upstream lists follow one another. */
  readonly parts: number;
  fetchPage(part: number, token: string | null, pageSize: number): Promise<Result<Page<Item>, Failure>>;
  /** Whether a row belongs to this part of the list; all do without. */
  readonly belongs?: (item: Item, part: number) => boolean;
}

/** The position from which a walk goes on behind this row. */
export function positionAfter<Item extends Row>({ page, index }: WalkedRow<Item>): Position {
  const { part, token, pageSize, rows, nextToken } = page;
  const isInside = nextToken === null || index < rows.length - 1;
  // The next page may repeat rows of this one, and does when rows were inserted before it.
  const from = isInside ? 0 : Math.max(0, rows.length - TAIL_ROWS);
  const passed = rows.slice(from, index + 1).map((row) => hashRow(row.id));
  const before = page.before === null ? null : page.before + index + 1;
  return { part, token: isInside ? token : nextToken, pageSize, passed, isInside, before };
}

/**
 * Walks upstream pages until `first` rows are found (at least 1) or the list ends. Gives each row once, even
 * where pages overlap, and never fetches the same token twice.
 */
export function walkList<Item extends Row>(
  list: WalkedList<Item>,
  start: Position,
  first: number,
): Promise<Walk<Item>> {
  return isCheaperFromStart(first, start)
    ? walkAgain(list, start, first)
    : new ListWalk(list, first).walk(start);
}

async function walkAgain<Item extends Row>(
  list: WalkedList<Item>,
  start: Position,
  first: number,
): Promise<Walk<Item>> {
  const walk = new ListWalk(list, first);
  const again = await walk.walkBehind(start);
  // Without any of the rows that the cursor remembers only its token knows the way.
  return walk.hasSeenKnown || again.failure ? again : new ListWalk(list, first).walk(start);
}

const isAnyRow: IsPassed = () => true;

class ListWalk<Item extends Row> {
  readonly #list: WalkedList<Item>;
  readonly #first: number;
  readonly #rows: WalkedRow<Item>[] = [];
  // Not before there are rows: while many requests wait for theirs, what each of them holds is what counts.
  #seen: SeenIds | null = null;
  #tokens: Array<string | null> = [];
  /** Whether a walk from the start has met a row that the position remembers. */
  hasSeenKnown = false;
  /** Rows of the part among which such a row must have stood; `null` for a walk that looks for none. */
  #searchedRows: number | null = null;

  constructor(list: WalkedList<Item>, first: number) {
    this.#list = list;
    this.#first = first;
  }

  walk(start: Position): Promise<Walk<Item>> {
    const passedLater = passedBefore(start);
    return this.#walkParts(start, ({ rows, part }, isFirst) => {
      // What did not belong to that part was passed over there, and may belong to this one.
      if (part !== start.part) return isNoRow;
      return isFirst ? passedOnResuming(rows, start) : passedLater;
    });
  }

  /** Walks from the start of the part, and takes rows from behind the place that the position remembers. */
  walkBehind(position: Position): Promise<Walk<Item>> {
    const isKnown = passedBefore(position);
    const before = position.before ?? 0;
    const dueAt = before - position.passed.length;
    this.#searchedRows = before + this.#first;
    let isBehind = false;
    return this.#walkParts(startOfPart(position.part, MAX_PAGE_SIZE), (page) => {
      const { rows, part } = page;
      if (part !== position.part) return isNoRow;
      if (isBehind) return isKnown;
      // Long before their place, a few of the known rows were moved there.
      const isDue = this.hasSeenKnown || endOf(page) >= dueAt;
      const place = findPlace(rows, isKnown, isDue ? 1 : position.passed.length / 2);
      if (place === null && !this.hasSeenKnown) return isAnyRow;
      this.hasSeenKnown = true;
      isBehind = place?.endsPage !== true;
      return place?.isPassed ?? isNoRow;
    });
  }

  async #walkParts(
    start: Position,
    passedOn: (page: WalkedPage<Item>, isFirst: boolean) => IsPassed,
  ): Promise<Walk<Item>> {
    let position = start;
    let isFirst = true;
    this.#tokens = [start.token];
    for (;;) {
      const { part, token, pageSize } = position;
      const fetched = await this.#list.fetchPage(part, token, pageSize);
      if (!fetched.ok) return { rows: this.#rows, hasMore: true, failure: fetched.failure };
      const page = this.#toWalkedPage(fetched.value, position);
      const fresh = this.#freshRows(page, passedOn(page, isFirst));
      const taken = fresh.slice(0, this.#first - this.#rows.length);
      this.#rows.push(...taken);
      const next = this.#next(page);
      if (this.#rows.length === this.#first || next === null)
        return { rows: this.#rows, hasMore: taken.length < fresh.length || next !== null, failure: null };
      position = next;
      isFirst = false;
    }
  }

  #next(page: WalkedPage<Item>): Position | null {
    const { part, nextToken, pageSize, before } = page;
    if (this.#hasSearchedEnough(page)) return null;
    if (nextToken === null) {
      if (part + 1 >= this.#list.parts) return null;
      this.#tokens = [null];
      return startOfPart(part + 1, pageSize);
    }
    this.#tokens.push(nextToken);
    return {
      ...startOfPart(part, pageSize),
      token: nextToken,
      before: before === null ? null : endOf(page),
    };
  }

  // Further calls were not planned, and what is looked for may be gone.
  #hasSearchedEnough(page: WalkedPage<Item>): boolean {
    if (this.#searchedRows === null || this.hasSeenKnown) return false;
    return page.nextToken === null || endOf(page) >= this.#searchedRows;
  }

  #toWalkedPage({ rows, nextToken }: Page<Item>, position: Position): WalkedPage<Item> {
    const { part, token, pageSize, isInside, passed, before } = position;
    const isEnd = rows.length === 0 || this.#tokens.includes(nextToken);
    return {
      part,
      token,
      pageSize,
      rows,
      nextToken: isEnd ? null : nextToken,
      before: before !== null && isInside ? before - passed.length : before,
    };
  }

  #freshRows(page: WalkedPage<Item>, isPassed: IsPassed): WalkedRow<Item>[] {
    const seen = (this.#seen ??= new SeenIds());
    const { belongs } = this.#list;
    const fresh: WalkedRow<Item>[] = [];
    let index = 0;
    for (const item of page.rows) {
      if (!seen.has(item.id) && (!belongs || belongs(item, page.part))) {
        // What was passed over does not come back with a page that repeats it.
        seen.add(item.id);
        if (!isPassed(item, index)) fresh.push({ item, page, index });
      }
      index += 1;
    }
    return fresh;
  }
}

function endOf({ before, rows }: WalkedPage<Row>): number {
  return (before ?? 0) + rows.length;
}
