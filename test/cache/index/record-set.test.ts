import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RecordSet } from '../../../src/cache/index/record-set.ts';
import { byId, byName, type Row, row } from './records.ts';

const setOf = (...rows: readonly Row[]) => new RecordSet(rows, null);
const ids = (rows: readonly Row[]) => rows.map(({ id }) => id);

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const someRow = fc
  .record({
    id: fc.constantFrom(...IDS),
    name: fc.constantFrom('x', 'y', 'z'),
    updatedAt: fc.nat({ max: 9 }),
  })
  .map(({ id, name, updatedAt }) => row(id, name, updatedAt));
const change = fc.oneof(
  someRow.map((put) => ({ put, id: put.id })),
  fc.constantFrom(...IDS).map((id) => ({ put: null, id })),
);

/** What a set has to come to, the plain way. */
function expected(rows: readonly Row[], changes: ReadonlyArray<{ put: Row | null; id: string }>): Row[] {
  const known = new Map<string, Row>();
  for (const { put, id } of [...rows.map((each) => ({ put: each, id: each.id })), ...changes]) {
    if (put === null) known.delete(id);
    else if (put.updatedAt >= (known.get(id)?.updatedAt ?? 0)) known.set(id, put);
  }
  return [...known.values()];
}

test('after any changes it is sorted as if it had been sorted anew, also like the set before it', () => {
  fc.assert(
    fc.property(fc.array(someRow), fc.array(someRow), fc.array(change), (before, rows, changes) => {
      const previous = setOf(...before);
      previous.sorted(byName);
      const records = new RecordSet(rows, previous);
      records.sorted(byId);
      changes.forEach(({ put, id }, at) => {
        if (put) records.put(put, at);
        else records.remove(id, at);
      });
      const wanted = expected(rows, changes);
      expect(records.sorted(byName)).toEqual(wanted.toSorted(byName));
      expect(records.sorted(byId)).toEqual(wanted.toSorted(byId));
      expect(records.size).toBe(wanted.length);
    }),
    { numRuns: 200 },
  );
});

test('an order is sorted by once, and a change costs no new sort', () => {
  let compared = 0;
  const counting = (one: Row, other: Row): number => {
    compared += 1;
    return byName(one, other);
  };
  const many = Array.from({ length: 1_000 }, (_, index) => row(String((index * 617) % 1_000)));
  const records = setOf(...many);
  const sorted = records.sorted(counting);
  const once = compared;
  expect(records.sorted(counting)).toBe(sorted);
  expect(compared).toBe(once);
  records.put(row('500', 'changed', 1), 0);
  records.remove('600', 0);
  expect(compared - once).toBeLessThan(60);
  const before = compared;
  expect(
    new RecordSet(
      records.map((each) => each),
      records,
    ).sorted(counting),
  ).toHaveLength(999);
  expect(compared - before).toBeLessThan(2_000);
});

describe('what was removed', () => {
  test.each([
    ['began before that', 9, []],
    ['began then', 10, ['a']],
    ['began after that', 11, ['a']],
  ])('comes back by a write that %s as it is told: %i', (_when, beganAt, left) => {
    const records = setOf(row('a'));
    records.remove('a', 10);
    records.put(row('a', 'again', 1), beganAt);
    expect(records.map(({ id }) => id)).toEqual(left);
  });

  test('is not missing, unlike what is simply not there', () => {
    const records = setOf(row('a'), row('b'));
    records.remove('b', 0);
    expect(records.missingOf(setOf(row('a'), row('b'), row('c')))).toEqual(['c']);
  });
});

test.each([
  ['an older form does not', 4, 'known'],
  ['one of the same time does', 5, 'told'],
  ['a later one does', 6, 'told'],
])('of two forms of a record the later holds: %s replace it', (_which, updatedAt, name) => {
  const records = setOf(row('a', 'known', 5));
  records.put(row('a', 'told', updatedAt), 0);
  expect(records.get('a')?.name).toBe(name);
});

test('records are looked up and counted', () => {
  const records = setOf(row('a', 'x'), row('b', 'y'), row('c', 'x'));
  expect([records.get('b'), records.get('d')]).toEqual([row('b', 'y'), null]);
  expect(records.count(({ name }) => name === 'x')).toBe(2);
  expect(ids(records.map((each) => each))).toEqual(['a', 'b', 'c']);
});

test('its size in memory follows what it holds, and what it has to remember as removed', () => {
  const bytes = (...rows: readonly Row[]) => setOf(...rows).bytes;
  expect(bytes()).toBe(0);
  expect(bytes(row('a', 'x'.repeat(500))) - bytes(row('a', 'x'))).toBe(2 * 499);
  expect(bytes(row('a'), row('b'))).toBe(2 * bytes(row('a')));
  expect(bytes(row('a'))).toBeGreaterThan(200);
  const records = setOf(row('a'), row('b'));
  records.put(row('a', 'x'.repeat(500), 1), 0);
  expect(records.bytes).toBe(bytes(row('a', 'x'.repeat(500)), row('b')));
  records.remove('a', 0);
  const [left, noted] = [bytes(row('b')), records.bytes];
  expect(noted).toBeGreaterThan(left + 120);
  expect(noted).toBeLessThan(left + bytes(row('a')));
  records.remove('a', 1);
  expect(records.bytes).toBe(noted);
});
