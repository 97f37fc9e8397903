import { expect, test } from 'vitest';
import { exceedsSize } from '../../../src/server/answers/exceeds-size.ts';

/** Cannot be looked at. */
const SEALED = Object.defineProperty({}, 'field', {
  enumerable: true,
  get: () => {
    throw new Error('It was looked at.');
  },
});

test.each<[what: string, value: unknown, length: number]>([
  ['a text', 'abcde', 5],
  ['anything else that is no object', 7, 1],
  ['nothing', null, 1],
  ['a list', ['abc', 7, ['de', null]], 3 + 1 + 2 + 1],
  ['an object with its names', { abc: 'de', f: { gh: 7 } }, 3 + 2 + 1 + 2 + 1],
  ['a list of objects', [{ a: 'bc' }, { a: 'bc' }], 6],
])('of %s as much is counted as it takes at least', (_what, value, length) => {
  expect([exceedsSize(value, length), exceedsSize(value, length - 1)]).toEqual([false, true]);
});

test('what just fits is too much with anything behind it', () => {
  expect([exceedsSize({ a: 'bcde', f: '' }, 5), exceedsSize(['abcde', 7], 5)]).toEqual([true, true]);
});

test.each([
  ['a list', ['abcde', SEALED]],
  ['a list in a list', [['abcde', 'f'], SEALED]],
  ['an object', { a: 'bcdef', g: SEALED }],
  ['an object in an object', { a: { b: 'cdef' }, g: SEALED }],
])('of %s nothing more is looked at behind what is too much', (_what, value) => {
  expect(exceedsSize(value, 4)).toBe(true);
  expect(() => exceedsSize(value, 10)).toThrow('looked at');
});
