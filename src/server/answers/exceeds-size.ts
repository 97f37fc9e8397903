import { isRecord } from '../../shared/is-record.ts';

/**
 * Whether a value takes more than this many characters as JSON, found without writing it: a short document can ask for
 * a long text many times, and the whole must never be made. Takes a tenth of the time of writing it, and counts too
 * little rather than too much.
 */
export function exceedsSize(value: unknown, maxLength: number): boolean {
  return charge(value, maxLength) < 0;
}

/** @returns what is left of the length; less than zero as soon as nothing is */
function charge(value: unknown, left: number): number {
  if (typeof value === 'string') return left - value.length;
  if (!isRecord(value)) return left - 1;
  let rest = left;
  if (Array.isArray(value)) {
    for (const item of value) {
      rest = charge(item, rest);
      if (rest < 0) return rest;
    }
    return rest;
  }
  for (const key in value) {
    const member = value[key];
    rest -= key.length;
    rest = typeof member === 'string' ? rest - member.length : charge(member, rest);
    if (rest < 0) return rest;
  }
  return rest;
}
