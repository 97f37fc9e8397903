import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { exceededLimit } from '../../../src/server/limits/document-limits.ts';

const LIMITS = { maxBytes: 8_192, maxTokens: 1_000, maxDepth: 4, maxAliases: 5, maxRootFields: 6 };
const measure = (text: string) => exceededLimit(parse(text), LIMITS);
const times = (count: number, part: string) => `${part} `.repeat(count);
const deep = (levels: number) => `${'a { '.repeat(levels - 1)}a${' }'.repeat(levels - 1)}`;
/** So many fields with selections, each below another of that many. */
const branches = (count: number) => `{ a { ${times(count, 'b { c }')} } }`;

interface Limit {
  readonly what: string;
  readonly most: number;
  readonly make: (count: number) => string;
}

describe('an operation may have', () => {
  test.each<Limit>([
    { what: 'levels deep', most: 4, make: (count) => `{ ${deep(count)} }` },
    { what: 'levels deep', most: 4, make: (count) => `{ z ...F y } fragment F on Q { ${deep(count)} }` },
    { what: 'levels deep', most: 4, make: (count) => `{ ... { ${deep(count)} } x }` },
    { what: 'aliases', most: 5, make: (count) => `{ a { ${times(count, 'b: a')} } }` },
    {
      what: 'aliases',
      most: 5,
      make: (count) => `{ ${times(count, '...F')} } fragment F on Q { a { b: c } }`,
    },
    { what: 'root fields', most: 6, make: (count) => `{ ${times(count - 2, 'a')} ... { a a } }` },
    {
      what: 'fields',
      most: 2_000,
      make: (count) =>
        `{ a { ${times(19, '...F')} ${times(count - 1_901, 'b')} } } fragment F on Q { ${times(100, 'b')} }`,
    },
    { what: 'objects side by side', most: 50, make: branches },
    {
      what: 'objects side by side',
      most: 50,
      make: (count) => `{ z { y } a { ${times(count, '...F')} } x { y } } fragment F on Q { b { c } }`,
    },
    {
      what: 'objects side by side',
      most: 50,
      make: (count) => `{ a { b { ${times(count, 'b { c }')} } b { c { d } } } }`,
    },
    { what: 'directives', most: 50, make: (count) => `query ${times(count, '@a')} { a }` },
    {
      what: 'directives',
      most: 50,
      make: (count) => `query @a { a ${times(count - 3, '@a')} { b @a } ... @a { c } }`,
    },
    {
      what: 'directives',
      most: 50,
      make: (count) =>
        `{ z { ${times(25, '...F @a')} ${times(count - 50, 'a @a')} } } fragment F on Q { a @a }`,
    },
  ])('$most $what, and not one more ($#)', ({ what, most, make }) => {
    expect(measure(make(most))).toBeNull();
    expect(measure(make(most + 1))).toContain(`at most ${most} ${what}`);
  });
});

test('every operation of a document is measured', () => {
  expect(measure(`query A { a } query B { ${deep(5)} }`)).toContain('4 levels deep');
});

test('introspection is bounded elsewhere, and only its first field counts here', () => {
  expect(measure(`{ __schema { ${deep(9)} } }`)).toBeNull();
  expect(measure(`{ schema__ { ${deep(9)} } }`)).not.toBeNull();
});

test.each([
  ['fragments in a circle', '{ ...A } fragment A on Q { a { ...B } } fragment B on Q { b { ...A } }'],
  ['a fragment that is not there', '{ a ...A }'],
])('%s are left to validation', (_what, text) => {
  expect(measure(text)).toBeNull();
});

test('fragments that fan out are measured once each', () => {
  const levels = Array.from(
    { length: 40 },
    (_, index) => `fragment F${index} on Q { ...F${index + 1} ...F${index + 1} }`,
  ).join(' ');
  expect(measure(`{ ...F0 } ${levels} fragment F40 on Q { a }`)).toContain('at most');
});
