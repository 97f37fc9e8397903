import type { Row } from './page.ts';
import type { Position } from './position.ts';
import { hashRow } from './row-hash.ts';

/** How many rows of a page its last cursor remembers. */
export const TAIL_ROWS = 8;

/** Whether a row at this index of its page lies before the place at which a walk resumes. */
export type IsPassed = (row: Row, index: number) => boolean;

export const isNoRow: IsPassed = () => false;

/** Tells the rows that the position remembers. */
export function passedBefore({ passed }: Position): IsPassed {
  // A page of hashes at most: looking through them takes half of what a set does.
  return passed.length === 0 ? isNoRow : ({ id }) => passed.includes(hashRow(id));
}

/** Where on a page the rows stand that a position remembers. */
interface Place {
  readonly isPassed: IsPassed;
  /** Whether one of them ends the page, so that more of them may follow on the next. */
  readonly endsPage: boolean;
}

/**
 * Finds the place at which a walk resumes: among most of the rows that the position remembers. One that stands apart was moved
 * by an update, in a list that is sorted by it, and what lies between was not passed.
 * @param least how many of them have to stand on this page
 */
export function findPlace(rows: readonly Row[], isKnown: IsPassed, least: number): Place | null {
  const known = indicesOf(rows, isKnown);
  if (known.length < least) return null;
  const middle = known[Math.floor(known.length / 2)] ?? 0;
  return {
    isPassed: (_row, index) => index < middle || known.includes(index),
    endsPage: known.at(-1) === rows.length - 1,
  };
}

/**
 * Tells which rows of the page on which a walk resumes were passed before. Rows inserted or deleted before the last known
 * one have moved it: it is looked for, not counted to.
 */
export function passedOnResuming(rows: readonly Row[], start: Position): IsPassed {
  const isKnown = passedBefore(start);
  if (start.isInside) {
    if (beginsWith(rows, start.passed)) return (_row, index) => index < start.passed.length;
    return findPlace(rows, isKnown, 1)?.isPassed ?? isNoRow;
  }
  const known = indicesOf(rows, isKnown);
  const lastKnown = known.at(-1);
  if (lastKnown === undefined) return isNoRow;
  const isWholeTailKnown = known.length === start.passed.length;
  // A page that repeats the one before from end to end is that upstream's idea of going on. Fewer rows than a page
  // at its end were only pushed there by what was inserted before them.
  const isWholePage =
    rows.length >= start.pageSize || (rows.length === known.length && known.length < TAIL_ROWS);
  if (isWholeTailKnown && isWholePage && lastKnown === rows.length - 1) return isNoRow;
  // What stands before the whole tail of the page before has been passed with it.
  return isWholeTailKnown ? (_row, index) => index <= lastKnown : isKnown;
}

/** Where the known rows stand. A row that its page repeats stands where it comes first. */
function indicesOf(rows: readonly Row[], isKnown: IsPassed): readonly number[] {
  const known: number[] = [];
  rows.forEach((row, index) => {
    if (isKnown(row, index) && !known.some((at) => rows[at]?.id === row.id)) known.push(index);
  });
  return known;
}

// As nearly every page does that is fetched again: then no row behind them has to be looked at.
function beginsWith(rows: readonly Row[], hashes: readonly number[]): boolean {
  return hashes.every((hash, index) => hashRow(rows[index]?.id ?? '') === hash);
}
