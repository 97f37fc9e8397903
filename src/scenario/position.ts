/** Largest page that the gateway asks the upstream for. */
export const MAX_PAGE_SIZE = 100;

/** Where a walk resumes: on the page that `token` fetches, past the rows that are known. */
export interface Position {
  /** Which of the upstream lists that follow one another, from 0. */
  readonly part: number;
  /** `null` fetches the first page. */
  readonly token: string | null;
  /** The page size that the token goes with; upstream tokens hold it, so it never changes in a walk. */
  readonly pageSize: number;
  /** Hashes of rows that were passed already, in order. */
  readonly passed: readonly number[];
  /** Whether those are rows of this very page; rows of the page before otherwise. */
  readonly isInside: boolean;
  /** How many rows of this part lie before; `null` where that is not known. */
  readonly before: number | null;
}

/** What is known of a position before its cursor is verified: enough to plan the calls of a walk from there. */
export type PositionOutline = Pick<Position, 'pageSize' | 'isInside' | 'before'> & {
  readonly passedRows: number;
};

/**
 * Where a list of `first` rows starts that resumes nowhere.
 * @param minPageSize smallest page to fetch, however few rows are wanted
 */
export function startOfList(first: number, minPageSize: number): Position {
  return startOfPart(0, Math.min(Math.max(first, minPageSize), MAX_PAGE_SIZE));
}

export function startOfPart(part: number, pageSize: number): Position {
  return { part, token: null, pageSize, passed: [], isInside: false, before: 0 };
}

/** How many pages the next `first` rows take at most, by the cheaper of the two ways to them. */
export function plannedPages(first: number, position: PositionOutline | null): number {
  if (first === 0) return 0;
  if (position === null) return Math.ceil(first / MAX_PAGE_SIZE);
  return Math.min(pagesOnward(first, position), pagesFromStart(first, position));
}

/** Whether it takes fewer pages to walk from the list's start again, in large ones, than to go on in small ones. */
export function isCheaperFromStart(first: number, { pageSize, isInside, before, passed }: Position): boolean {
  const outline = { pageSize, isInside, before, passedRows: passed.length };
  return pagesFromStart(first, outline) < pagesOnward(first, outline);
}

function pagesOnward(first: number, { pageSize, isInside, passedRows }: PositionOutline): number {
  return Math.ceil(((isInside ? passedRows : 0) + first) / pageSize);
}

function pagesFromStart(first: number, { before }: PositionOutline): number {
  return before === null ? Number.POSITIVE_INFINITY : Math.ceil((before + first) / MAX_PAGE_SIZE);
}
