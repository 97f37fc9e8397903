import type { IncomingMessage } from 'node:http';
import { fail, type Result, succeed } from '../../shared/result.ts';
import type { Rejection } from './rejection.ts';

const NAME = 'authorization';
const SCHEME = 'Bearer ';
const BEARER = /^bearer +([\x21-\x7e]+)$/i;

/**
 * Reads the token from `Authorization: Bearer <token>`. The scheme may be of any case.
 * @param maxLength in characters: a longer one is not looked at
 */
export function readBearer(req: IncomingMessage, maxLength: number): Result<string, Rejection> {
  const header = req.headers.authorization ?? '';
  if (header === '') return fail({ kind: 'missing' });
  // `headers` shows the first of several only, and what stands in front of the gateway may believe the last.
  if (isDoubled(req.rawHeaders)) return fail({ kind: 'doubled' });
  if (header.length > SCHEME.length + maxLength) return fail({ kind: 'too-long' });
  const token = BEARER.exec(header)?.[1];
  return token === undefined ? fail({ kind: 'malformed' }) : succeed(token);
}

function isDoubled(rawHeaders: readonly string[]): boolean {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === NAME.length && name.toLowerCase() === NAME) count += 1;
  }
  return count > 1;
}
