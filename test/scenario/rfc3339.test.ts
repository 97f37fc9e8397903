import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRfc3339 } from '../../src/scenario/rfc3339.ts';

const FORM =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** What the section's grammar and the calendar say. */
function isMeant(text: string): boolean {
  const match = FORM.exec(text);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year ?? 0, (month ?? 0) - 1, day);
  return date.getUTCDate() === day;
}

const date = fc
  .tuple(
    fc.date({ min: new Date('0001-01-01'), max: new Date('9998-12-31'), noInvalidDate: true }),
    fc.constantFrom('', '.1', '.123456789', '.', '.x'),
    fc.constantFrom('Z', 'z', '+00:00', '-23:59', '+24:00', '+1:00', '+01:60', '', 'ZZ'),
    fc.constantFrom('T', 't', ' '),
  )
  .map(([moment, fraction, zone, separator]) =>
    (moment.toISOString().slice(0, 19) + fraction + zone).replace('T', separator),
  );

const damaged = fc
  .tuple(date, fc.nat(30), fc.constantFrom('', '0', '1', '3', '9', '-', ':', '.', 'Z', '٣', ' ', '\n'))
  .map(([text, at, put]) => text.slice(0, at) + put + text.slice(at + 1));

test('a date is accepted if the grammar and the calendar have it, and refused otherwise', () => {
  fc.assert(
    fc.property(fc.oneof(date, damaged, fc.string()), (text) => {
      expect({ text, isDate: isRfc3339(text) }).toEqual({ text, isDate: isMeant(text) });
    }),
    { numRuns: 20_000 },
  );
});

test.each(['2024-02-29', '2000-02-29', '0000-02-29', '2025-04-30', '2025-12-31'])('%s exists', (day) => {
  expect(isRfc3339(`${day}T00:00:00Z`)).toBe(true);
});

test.each([
  '2025-02-29',
  '1900-02-29',
  '2025-04-31',
  '2025-06-31',
  '2025-09-31',
  '2025-11-31',
  '2025-13-01',
  '2025-00-10',
  '2025-01-00',
])('%s does not exist', (day) => {
  expect(isRfc3339(`${day}T00:00:00Z`)).toBe(false);
});

test('a minute may have a leap second', () => {
  expect(isRfc3339('2016-12-31T23:59:60Z')).toBe(true);
});

test.each(['Z', 'z', '.5Z', '.123456789z', '+00:00', '-00:00', '+23:59', '-23:59', '.5+05:30'])(
  'a time may end with %j',
  (ending) => {
    expect(isRfc3339(`2025-01-01T00:00:00${ending}`)).toBe(true);
    expect(isRfc3339(`2025-01-01t23:59:59${ending}`)).toBe(true);
  },
);

test.each([
  '',
  'ZZ',
  '.Z',
  '.',
  '.5',
  '.xZ',
  '+0000',
  '+00.00',
  '+24:00',
  '+00:60',
  '+00:00x',
  '+0:00',
  '*00:00',
  '+xx:00',
  '+00:xx',
])('a time does not end with %j', (ending) => {
  expect(isRfc3339(`2025-01-01T00:00:00${ending}`)).toBe(false);
});

test.each([
  '2025/01-01T00:00:00Z',
  '2025-01/01T00:00:00Z',
  '2025-01-01 00:00:00Z',
  '2025-01-01T00.00:00Z',
  '2025-01-01T00:00.00Z',
  '2025-01-01T24:00:00Z',
  '2025-01-01T00:60:00Z',
  '2025-01-01T00:00:61Z',
  'x025-01-01T00:00:00Z',
  '2025-0x-01T00:00:00Z',
  '2025-01-0xT00:00:00Z',
  '2025-01-01Tx0:00:00Z',
  '2025-01-01T00:x0:00Z',
  '2025-01-01T00:00:x0Z',
  '2025-01-01T00:00:0٣Z',
  ' 2025-01-01T00:00:00Z',
  '',
])('%j is no date', (text) => {
  expect(isRfc3339(text)).toBe(false);
});
