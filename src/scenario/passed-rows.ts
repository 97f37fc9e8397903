import type { Row } from './page.ts';
import type { Position } from './position.ts';
import { hashRow } from './row-hash.ts';

/** How many rows of a page its last cursor remembers. */
export const TAIL_ROWS = 8;

/** Whether a row at this index of its page lies before the place at which a walk resumes. */
export type IsPassed = (row: Row, index: number) => boolean;

/** Tells the rows that the position remembers. */
export function passedBefore({ passed }: Position): IsPassed {
  // A page of hashes at most: looking through them takes half of what a set does.
  return passed.length === 0 ? () => false : ({ id }) => passed.includes(hashRow(id));
}

/**
 * Tells which rows of the page on which a walk resumes were passed before. Rows inserted or deleted before the last known
 * one have moved it: it is looked for, not counted to.
 */
export function passedOnResuming(rows: readonly Row[], start: Position): IsPassed {
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
