import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { fail, type Result, succeed } from '../shared/result.ts';
import type { Refusal } from './refusal.ts';

/**
 * Reads a JSON body whole.
 * @returns its text; the refusal for another type or coding, for too many bytes and for what is no UTF-8
 */
export async function readBody(req: IncomingMessage, maxBytes: number): Promise<Result<string, Refusal>> {
  const refusal = checkHeaders(req, maxBytes);
  if (refusal) return fail(refusal);
  const bytes = await collect(req, maxBytes);
  if (bytes === null) return fail(tooLarge(maxBytes));
  return isUtf8(bytes) ? succeed(bytes.toString('utf8')) : fail(bad('The body is not valid UTF-8.'));
}

// Events, since iterating over a stream costs as much as the rest of reading it. `null`: there are too many bytes.
function collect(req: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) resolve(null);
      else chunks.push(chunk);
    });
    req.on('end', () => {
      const [only] = chunks;
      resolve(chunks.length === 1 && only ? only : Buffer.concat(chunks));
    });
    req.on('error', reject);
  });
}

function checkHeaders({ headers }: IncomingMessage, maxBytes: number): Refusal | null {
  const [type, ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  if (type?.trim() !== 'application/json') {
    return unsupported('The body must be JSON, sent as "content-type: application/json".');
  }
  const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset))
    return unsupported('The body must be UTF-8.');
  if (isCoded(headers['content-encoding'], 'identity') || isCoded(headers['transfer-encoding'], 'chunked'))
    return unsupported('The body must not be compressed.');
  return Number(headers['content-length'] ?? 0) > maxBytes ? tooLarge(maxBytes) : null;
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
