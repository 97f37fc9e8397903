import { describe, expect, test } from 'vitest';
import { passedOnResuming } from '../../src/scenario/passed-rows.ts';
import { startOfPart } from '../../src/scenario/position.ts';
import { hashRow } from '../../src/scenario/row-hash.ts';

const TAIL = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** The rows of a page that are new behind the rows that a position remembers. */
function fresh(rows: readonly string[], passed: readonly string[], isInside: boolean, pageSize = 10) {
  const position = { ...startOfPart(0, pageSize), passed: passed.map(hashRow), isInside };
  const page = rows.map((id) => ({ id }));
  const isPassed = passedOnResuming(page, position);
  return page.flatMap((row, index) => (isPassed(row, index) ? [] : [row.id]));
}

describe('on the page that it stands in, a walk passes over', () => {
  test.each<[what: string, rows: string[], passed: string[], left: string[]]>([
    ['what it knows', ['a', 'b', 'x'], ['a', 'b'], ['x']],
    ['what was inserted before that', ['new', 'a', 'b', 'x'], ['a', 'b'], ['x']],
    ['what is left of it', ['b', 'x'], ['a', 'b', 'c'], ['x']],
    [
      'what it knows, and not what stands before a repeat of that',
      ['a', 'b', 'x', 'a'],
      ['a', 'b'],
      ['x', 'a'],
    ],
    ['the only row that it knows, and not what stands before a repeat', ['a', 'x', 'a'], ['a'], ['x', 'a']],
    ['what was inserted within it', ['a', 'new', 'b', 'x'], ['a', 'b'], ['x']],
    ['what has moved down, and nothing before that', ['a', 'c', 'x', 'b', 'y'], ['a', 'b', 'c'], ['x', 'y']],
    ['what has moved up, and what was passed below', ['c', 'new', 'a', 'b', 'x'], ['a', 'b', 'c'], ['x']],
    ['all of the page where that ends with it', ['new', 'a', 'b'], ['a', 'b'], []],
    ['nothing where it knows nothing of the page', ['x', 'y'], ['a', 'b'], ['x', 'y']],
    ['nothing where it knows nothing', ['x', 'y'], [], ['x', 'y']],
  ])('%s', (_what, rows, passed, left) => {
    expect(fresh(rows, passed, true)).toEqual(left);
  });
});

describe('on the page behind the one that it knows the end of, a walk passes over', () => {
  test.each<[what: string, rows: string[], passed: string[], left: string[], pageSize?: number]>([
    ['nothing where rows have not moved', ['x', 'y'], TAIL, ['x', 'y']],
    ['what was pushed there, and not what was inserted behind it', ['new', 'h', 'x'], TAIL, ['new', 'x']],
    ['the whole end and what stands before it', ['new', ...TAIL, 'x'], TAIL, ['x']],
    ['a shorter page that ends with the whole end', ['new', ...TAIL], TAIL, []],
    ['a shorter page that is the whole end', TAIL, TAIL, []],
    ['nothing of a page that is repeated from end to end', ['1', '2', ...TAIL], TAIL, ['1', '2', ...TAIL]],
    ['nothing of a longer page that is so', ['1', '2', '3', ...TAIL], TAIL, ['1', '2', '3', ...TAIL]],
    ['nothing of a small page that is repeated', ['a', 'b'], ['a', 'b'], ['a', 'b'], 2],
    ['nothing of a page that is repeated and was short', ['a', 'b'], ['a', 'b'], ['a', 'b']],
    ['a short page with others in front of what it knows', ['new', 'a', 'b'], ['a', 'b'], []],
  ])('%s', (_what, rows, passed, left, pageSize = 10) => {
    expect(fresh(rows, passed, false, pageSize)).toEqual(left);
  });
});
