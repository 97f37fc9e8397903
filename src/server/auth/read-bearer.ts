import type { IncomingMessage } from 'node:http';
import { fail, type Result, succeed } from '../../shared/result.ts';
import { countHeader } from '../edge/count-header.ts';
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
  if (countHeader(req.rawHeaders, NAME) > 1) return fail({ kind: 'doubled' });
  if (header.length > SCHEME.length + maxLength) return fail({ kind: 'too-long' });
  const token = BEARER.exec(header)?.[1];
  return token === undefined ? fail({ kind: 'malformed' }) : succeed(token);
}
