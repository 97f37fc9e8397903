import { expect, test } from 'vitest';
import { parseRetryAfter } from '../../src/http/retry-after.ts';

const NOW_MS = Date.parse('2026-03-04T05:06:07Z');
const dateIn = (seconds: number) => new Date(NOW_MS + seconds * 1_000).toUTCString();

test.each([
  [undefined, null],
  ['', null],
  ['  ', null],
  ['0', 0],
  ['7', 7_000],
  [' 7 ', 7_000],
  ['60', 60_000],
  ['61', 60_000],
  ['9999999999', 60_000],
  ['99999999999', null],
  ['-5', null],
  ['0.5', null],
  ['soon', null],
  [dateIn(50), 50_000],
  [dateIn(0), 0],
  [dateIn(-90), 0],
  [dateIn(60), 60_000],
  [dateIn(61), 60_000],
  ['2026-03-04T05:07:07Z', null],
  ['Wednesday, 04-Mar-26 05:07:07 GMT', 60_000],
])('%j, on an answer without a date, is %s', (value, waitMs) => {
  expect(parseRetryAfter(value, undefined, NOW_MS)).toBe(waitMs);
  expect(parseRetryAfter(value, 'no date', NOW_MS)).toBe(waitMs);
});

test.each([-7_200, -1, 0, 1, 7_200])(
  "a date counts from the date of its answer, whatever this process's clock says: %i s apart",
  (apart) => {
    expect(parseRetryAfter(dateIn(apart + 30), dateIn(apart), NOW_MS)).toBe(30_000);
    expect(parseRetryAfter(dateIn(apart - 30), dateIn(apart), NOW_MS)).toBe(0);
    expect(parseRetryAfter('30', dateIn(apart), NOW_MS)).toBe(30_000);
  },
);
