import { describe, expect, test } from 'vitest';
import { createCursorCodecs, peekCursor } from '../../src/scenario/cursor.ts';
import {
  isCheaperFromStart,
  type Position,
  plannedPages,
  startOfList,
  startOfPart,
} from '../../src/scenario/position.ts';
import { hashRow } from '../../src/scenario/row-hash.ts';
import { createSealers } from '../../src/scenario/sealer.ts';

const codecs = createCursorCodecs('secret', ['key', 'project']);
const FULL: Position = {
  part: 2,
  token: 'tökén',
  pageSize: 100,
  passed: [hashRow('a'), hashRow('b')],
  isInside: true,
  before: 70_000,
};

describe('a cursor', () => {
  test.each<[what: string, parts: Partial<Position>]>([
    ['everything', {}],
    ['no token', { token: null }],
    ['an empty token', { token: '' }],
    ['an end of a page', { isInside: false }],
    ['no known number of rows before', { before: null }],
    ['no row before', { before: 0, passed: [] }],
    ['the first part', { part: 0 }],
    ['pages of one', { pageSize: 1 }],
  ])('with %s gives back the position that it was made of', (_what, parts) => {
    const position = { ...FULL, ...parts };
    const { encode, decode } = codecs('list');
    expect(decode(encode(position))).toEqual(position);
  });

  test('is of one list, one credential and one project, on every replica', () => {
    const cursor = codecs('list').encode(FULL);
    expect(createCursorCodecs('secret', ['key', 'project'])('list').decode(cursor)).toEqual(FULL);
    for (const other of [
      codecs('other'),
      codecs(''),
      createCursorCodecs('other', ['key', 'project'])('list'),
      createCursorCodecs('secret', ['key', 'other'])('list'),
    ])
      expect(other.decode(cursor)).toBeNull();
  });

  test('with any of its characters changed, or more or fewer of them, is none', () => {
    const { encode, decode } = codecs('list');
    const cursor = encode(FULL);
    for (let index = 0; index < cursor.length; index += 1) {
      const other = cursor[index] === 'A' ? 'B' : 'A';
      expect(decode(cursor.slice(0, index) + other + cursor.slice(index + 1))).toBeNull();
      expect(decode(cursor.slice(0, index))).toBeNull();
    }
    for (const none of ['', `${cursor}A`, `${cursor}=`, ` ${cursor}`, `${cursor}\n`, 'A'.repeat(8_193)])
      expect(decode(none)).toBeNull();
  });

  test('tells planning what it needs before it is verified', () => {
    const cursor = codecs('list').encode(FULL);
    expect(peekCursor(cursor)).toEqual({ pageSize: 100, isInside: true, before: 70_000, passedRows: 2 });
    expect(peekCursor(codecs('list').encode({ ...FULL, before: null, isInside: false }))).toEqual({
      pageSize: 100,
      isInside: false,
      before: null,
      passedRows: 2,
    });
  });

  test.each<[what: string, payload: readonly number[], isPeeked: boolean]>([
    ['pages of nothing', [0, 0, 0, 0], false],
    ['less than a head', [100, 0, 0], false],
    ['less than its token', [100, 1, 0, 3, 65, 65], false],
    ['less than its number of rows', [100, 4, 0, 0, 0, 0, 1], false],
    ['just a head', [100, 0, 0, 0], true],
    ['just its token', [100, 1, 0, 2, 65, 65], true],
    ['just its number of rows', [100, 4, 0, 0, 0, 0, 0, 1], true],
  ])('that holds %s is told apart before it is verified', (_what, payload, isPeeked) => {
    const { seal } = createSealers('any', [])('');
    expect(peekCursor(seal(Buffer.from(payload))) !== null).toBe(isPeeked);
  });

  test.each([
    '',
    'A'.repeat(21),
    'A'.repeat(8_193),
    `${'A'.repeat(40)}=`,
    `${'A'.repeat(40)} `,
    '🙂'.repeat(20),
  ])('is not peeked where it cannot be one: %j', (text) => {
    expect(peekCursor(text)).toBeNull();
  });

  test('of the longest kind is peeked as well', () => {
    const { encode } = codecs('list');
    const longest = encode({ ...FULL, token: 'x'.repeat(6_144 - 16 - 8), passed: [] });
    expect(longest).toHaveLength(8_192);
    expect(peekCursor(longest)).toMatchObject({ passedRows: 0, before: 70_000 });
  });

  test('tells rows apart as every version before did', () => {
    expect(['', 'col_1', 'asset_GTrL3mq4SXWyMxkOHRxlpw'].map(hashRow)).toEqual([
      311584143491, 401956408845, 95862018067,
    ]);
  });

  test('sealed by us may be up to 8,192 characters long, and holds something', () => {
    const { seal, open } = createSealers('secret', [])('');
    const longest = Buffer.alloc(6_144 - 16, 1);
    expect(open(seal(longest))).toEqual(longest);
    expect(open(seal(Buffer.alloc(6_145 - 16, 1)))).toBeNull();
    expect(open(seal(Buffer.alloc(0)))).toBeNull();
    expect(open(seal(Buffer.alloc(1)))).toEqual(Buffer.alloc(1));
  });
});

const at = (before: number | null, pageSize: number, passed = 0, isInside = false): Position => ({
  ...startOfPart(0, pageSize),
  before,
  isInside,
  passed: Array.from({ length: passed }, (_, index) => index),
});

describe('a list', () => {
  test.each([
    [5, 1, 5],
    [0, 1, 1],
    [5, 100, 100],
    [500, 1, 100],
  ])('of %i rows, with pages of %i at least, begins with pages of %i', (first, minPageSize, pageSize) => {
    expect(startOfList(first, minPageSize)).toEqual({
      part: 0,
      token: null,
      pageSize,
      passed: [],
      isInside: false,
      before: 0,
    });
  });

  test.each<[first: number, from: Position | null, pages: number, isFromStart: boolean]>([
    [0, null, 0, false],
    [0, at(10, 5), 0, false],
    [0, at(12, 5, 2, true), 0, false],
    [100, null, 1, false],
    [101, null, 2, false],
    [10, at(10, 5), 1, true],
    [10, at(null, 5), 2, false],
    [5, at(10, 5), 1, false],
    [5, at(12, 5, 2, true), 1, true],
    [5, at(12, 5, 2, false), 1, false],
    [90, at(10, 50), 1, true],
    [91, at(10, 50), 2, false],
  ])('of %i rows more from %j takes %i pages at most', (first, from, pages, isFromStart) => {
    const outline = from && { ...from, passedRows: from.passed.length };
    expect(plannedPages(first, outline)).toBe(pages);
    expect(from !== null && first > 0 && isCheaperFromStart(first, from)).toBe(isFromStart);
  });
});
