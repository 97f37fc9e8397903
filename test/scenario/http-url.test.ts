import { array, assert, constantFrom, oneof, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { isHttpUrl } from '../../src/scenario/http-url.ts';

const PIECES =
  'http HTTPS https : / // \\ ? # @ . a b.example [::1] :80 :99999 % %zz é \ud800 xn-- 1.2.3.256 ftp://';
const pieces = constantFrom('', ' ', '\n', ...PIECES.split(' '));

test('a text is an http(s) URL when the platform can parse it as one, whatever was looked at before', () => {
  const text = array(pieces, { maxLength: 8 }).map((parts) => parts.join(''));
  const url = tuple(constantFrom('http://', 'https://', 'https:///', 'HtTp://'), text);
  const texts = array(
    oneof(
      text,
      url.map((parts) => parts.join('')),
    ),
    { minLength: 2, maxLength: 12 },
  );
  assert(
    property(texts, (each) => {
      for (const one of each.concat(each))
        expect({ one, is: isHttpUrl(one) }).toEqual({
          one,
          is: /^https?:\/\//i.test(one) && URL.canParse(one),
        });
    }),
    { numRuns: 2_000 },
  );
});

test('a host that was fine before does not let a longer host or another scheme through', () => {
  expect(isHttpUrl('https://cdn.example/a.png?x=1')).toBe(true);
  expect(isHttpUrl('https://cdn.example/b.png#y')).toBe(true);
  expect(isHttpUrl('https://cdn.example:99999/b.png')).toBe(false);
  expect(isHttpUrl('https://cdn.example%/b.png')).toBe(false);
  expect(isHttpUrl('ftp://cdn.example/b.png')).toBe(false);
});

test('a text is no http(s) URL for ending with one', () => {
  expect(isHttpUrl('https://cdn.example/a.png')).toBe(true);
  expect(isHttpUrl('javascript:alert(1)//https://cdn.example/')).toBe(false);
});
