import type { Failure } from '../../http/failure.ts';
import { REASON_KEYS } from '../../http/read-status-failure.ts';
import { isRecord } from '../../shared/is-record.ts';
import { type Result, succeed } from '../../shared/result.ts';
import { malformed } from '../wire-types.ts';

/**
 * Reads the 2xx answer to a deletion. It may have any empty form, or be an object: the collection as it was, or a word of
 * success. Anything else, such as the page of a proxy, or the reason of a refusal, confirms nothing.
 */
export function decodeDeletion(body: unknown): Result<null, Failure> {
  return confirms(body) ? succeed(null) : malformed([]);
}

function confirms(body: unknown): boolean {
  if (Array.isArray(body)) return body.length === 0;
  return isRecord(body) ? !tellsOfFailure(body) : (body ?? '') === '';
}

function tellsOfFailure(body: Readonly<Record<string, unknown>>): boolean {
  const isRefusal = REASON_KEYS.some((key) => Boolean(body[key]));
  return isRefusal || body['success'] === false || body['deleted'] === false;
}
