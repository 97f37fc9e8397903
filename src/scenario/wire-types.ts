import { type TSchema, Type } from 'typebox';
import type { Failure } from '../http/failure.ts';
import { isScenarioId, type ScenarioId } from '../shared/brands.ts';
import { fail } from '../shared/result.ts';
import { isHttpUrl } from './http-url.ts';
import { isRfc3339 } from './rfc3339.ts';

export const text = Type.String();

export const dateTime = Type.Refine(text, isRfc3339, () => 'must be an RFC 3339 date');

export const httpUrl = Type.Refine(text, isHttpUrl, () => 'must be an http(s) URL');

export const count = Type.Refine(Type.Number(), isCount, () => 'must be a 32-bit integer');

/** The id of an object. @param what it has to be: `a collection id` */
export const scenarioId = <Typename extends string>(what: string) =>
  Type.Unsafe<ScenarioId<Typename>>(Type.Refine(text, isScenarioId, () => `must be ${what}`));

/** What may be absent or wrong without failing the object that it is of. */
export const maybe = Type.Optional(Type.Unknown());

/** Texts of which the order means nothing, or which may be absent. */
export const texts = Type.Optional(Type.Union([Type.Null(), Type.Array(text)]));

/** A value that is stored as null where there is none. */
export const nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([Type.Null(), schema]);

/** What a check of typebox says is wrong. */
interface WireIssue {
  readonly instancePath: string;
  readonly message: string;
}

/** The failure of an answer that is not what the reference promises. @param place where in the answer the check began */
export function malformed([first]: readonly WireIssue[], place = '') {
  return fail<Failure>({
    kind: 'malformed',
    issue: `${place}${first?.instancePath ?? ''}`.concat(first ? ` ${first.message}` : ' is wrong'),
  });
}

export function isCount(value: number): boolean {
  return (value | 0) === value;
}
