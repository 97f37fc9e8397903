import { Type } from 'typebox';
import type { Failure } from '../http/failure.ts';
import { fail } from '../shared/result.ts';
import { isRfc3339 } from './rfc3339.ts';

export const text = Type.String();

export const dateTime = Type.Refine(text, isRfc3339, () => 'must be an RFC 3339 date');

export const httpUrl = Type.Refine(text, isHttpUrl, () => 'must be an http(s) URL');

export const count = Type.Refine(
  Type.Number(),
  (value) => (value | 0) === value,
  () => 'must be a 32-bit integer',
);

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

function isHttpUrl(value: string): boolean {
  return /^https?:\/\//i.test(value) && URL.canParse(value);
}
