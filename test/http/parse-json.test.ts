import { expect, test } from 'vitest';
import { parseJson } from '../../src/http/parse-json.ts';

// Up to here a text is parsed without a look ahead, and from the next level on a longer one is not parsed.
const SHORT_CHARS = 100_000;
const MOST_LEVELS = 1_000;

const nested = (levels: number, open = '[', close = ']') => open.repeat(levels) + close.repeat(levels);
const long = (text: string) => `[${text}, "${'x'.repeat(SHORT_CHARS)}"]`;

test.each([
  ['a short text, however deep', nested(5_000)],
  ['the longest of them', nested(5_000).padEnd(SHORT_CHARS)],
  ['a longer text of a thousand levels', long(nested(MOST_LEVELS - 1))],
  ['of a thousand objects', long(`${'{"a":'.repeat(MOST_LEVELS - 1)}1${'}'.repeat(MOST_LEVELS - 1)}`)],
  ['that is wide', long(Array.from({ length: 3_000 }, () => '[{}]').join())],
  ['with brackets in a text', long(`"${'['.repeat(3_000)}"`)],
  ['behind an escaped quote', long(`"\\"${'['.repeat(3_000)}"`)],
  ['behind an escaped backslash', long(`"\\\\", ${nested(10)}`)],
])('%s is parsed whole', (_what, text) => {
  expect(JSON.stringify(parseJson(text))).toBe(JSON.stringify(JSON.parse(text)));
});

test.each([
  ['one level more', long(nested(MOST_LEVELS))],
  ['of objects', long(`${'{"a":'.repeat(MOST_LEVELS)}1${'}'.repeat(MOST_LEVELS)}`)],
  ['one character longer', nested(5_000).padEnd(SHORT_CHARS + 1)],
  ['behind texts that end with a backslash', long(`"\\\\", ${nested(MOST_LEVELS)}`)],
  ['a megabyte of open brackets', '['.repeat(1_000_000)],
])('a long text that nests deeper is refused before it is parsed: %s', (_what, text) => {
  expect(() => parseJson(text)).toThrow('nests too deeply');
});

test.each([
  ['nothing', ''],
  ['a text without an end', long('"x').slice(0, -2)],
  ['a text that ends with a backslash', `"${'x'.repeat(SHORT_CHARS)}\\`],
  ['too many closing brackets', `${']'.repeat(SHORT_CHARS)}]`],
])('%s is no JSON', (_what, text) => {
  expect(() => parseJson(text)).toThrow(SyntaxError);
});
