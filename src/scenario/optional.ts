import { isHttpUrl } from './http-url.ts';
import { isCount } from './wire-types.ts';

/**
 * A value that may be absent (`null`). `undefined` where the upstream sent one that cannot be shown: only its field fails
 * for it.
 */
export type Optional<Value> = Value | null | undefined;

/** Reads a text that may be absent. An empty one says nothing. */
export function optionalText(value: unknown): Optional<string> {
  if (isAbsent(value)) return null;
  return typeof value === 'string' ? value : undefined;
}

/** Reads the address of a file that may not be there yet. */
export function optionalUrl(value: unknown): Optional<string> {
  if (isAbsent(value)) return null;
  return typeof value === 'string' && isHttpUrl(value) ? value : undefined;
}

/** Reads a 32-bit integer that may be absent. */
export function optionalCount(value: unknown): Optional<number> {
  if (isAbsent(value)) return null;
  return typeof value === 'number' && isCount(value) ? value : undefined;
}

/** Reads a number that may be absent. */
export function optionalNumber(value: unknown): Optional<number> {
  if (isAbsent(value)) return null;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The first of several places that says anything. */
export function firstOf<Value>(...values: readonly Optional<Value>[]): Optional<Value> {
  const found = values.find((value) => value !== null && value !== undefined);
  return found ?? (values.includes(undefined) ? undefined : null);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
