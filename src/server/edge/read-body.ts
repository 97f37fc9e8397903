import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { decodeText } from '../../http/decode-text.ts';
import { fail, type Result, succeed } from '../../shared/result.ts';
import type { Refusal } from './refusal.ts';

type Body = Result<string, Refusal>;

const JSON_TYPE = 'application/json';

/**
 * Reads a JSON body whole.
 * @returns its text; the refusal for another type or coding, for too many bytes and for what is no UTF-8
 */
export function readBody(req: IncomingMessage, maxBytes: number): Promise<Body> {
  const refusal = checkHeaders(req, maxBytes);
  return refusal ? Promise.resolve(fail(refusal)) : readText(req, maxBytes);
}

/**
 * Reads a body of any type whole.
 * @returns its text; the refusal for too many bytes and for what is no UTF-8
 */
// Events, since iterating over a stream costs as much as the rest of reading it.
export function readText(req: IncomingMessage, maxBytes: number): Promise<Body> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) resolve(fail(tooLarge(maxBytes)));
      else chunks.push(chunk);
    });
    req.on('end', () => {
      const [only] = chunks;
      resolve(decode(chunks.length === 1 && only ? only : Buffer.concat(chunks)));
      // The request lives on until it is answered; its bytes need not.
      chunks.length = 0;
    });
    req.on('error', reject);
  });
}

function decode(bytes: Buffer): Body {
  return isUtf8(bytes) ? succeed(decodeText(bytes)) : fail(bad('The body is not valid UTF-8.'));
}

function checkHeaders({ headers }: IncomingMessage, maxBytes: number): Refusal | null {
  const type = headers['content-type'];
  const refusal = type === JSON_TYPE ? null : checkType(type ?? '');
  if (refusal) return refusal;
  if (isCoded(headers['content-encoding'], 'identity') || isCoded(headers['transfer-encoding'], 'chunked'))
    return unsupported('The body must not be compressed.');
  return Number(headers['content-length'] ?? 0) > maxBytes ? tooLarge(maxBytes) : null;
}

function checkType(header: string): Refusal | null {
  const [type, ...parameters] = header.toLowerCase().split(';');
  if (type?.trim() !== JSON_TYPE)
    return unsupported(`The body must be JSON, sent as "content-type: ${JSON_TYPE}".`);
  const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith('charset='));
  const isUtf8Said = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  return isUtf8Said ? null : unsupported('The body must be UTF-8.');
}

function isCoded(coding: string | undefined, plain: string): boolean {
  return coding !== undefined && coding.trim().toLowerCase() !== plain;
}

function tooLarge(maxBytes: number): Refusal {
  const message = `The body is larger than ${maxBytes} bytes.`;
  return { status: 413, code: 'LIMIT_EXCEEDED', message, headers: { connection: 'close' } };
}

function unsupported(message: string): Refusal {
  return { status: 415, code: 'BAD_USER_INPUT', message };
}

function bad(message: string): Refusal {
  return { status: 400, code: 'BAD_USER_INPUT', message };
}
