import { array, assert, constantFrom, property, string, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { SeenIds } from '../../src/scenario/seen-ids.ts';

test('ids are told apart as a set tells them, also those that end alike, are short, or differ beyond ASCII', () => {
  const ending = constantFrom('0001', 'abcd', 'a', '', '\u0101bcd', '\u0181bcd');
  const id = tuple(string({ maxLength: 2 }), ending).map(([start, end]) => start + end);
  assert(
    property(array(id, { maxLength: 60 }), (ids) => {
      const seen = new SeenIds();
      const set = new Set<string>();
      for (const each of ids) {
        expect(seen.has(each)).toBe(set.has(each));
        if (set.has(each)) continue;
        seen.add(each);
        set.add(each);
      }
    }),
  );
});
