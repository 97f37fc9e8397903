import { hkdfSync, timingSafeEqual } from 'node:crypto';
import { createHmacSha256 } from './hmac-sha256.ts';
import { ROW_HASH_BYTES } from './row-hash.ts';

/** Where a walk resumes: on the page that `token` fetches, past the rows that are known. */
export interface Position {
  /** `null` fetches the first page. */
  readonly token: string | null;
  /** The page size that the token goes with; upstream tokens hold it, so it never changes in a walk. */
  readonly pageSize: number;
  /** Hashes of rows that were passed already. */
  readonly passed: readonly number[];
  /** Whether those are rows of this very page; rows of the page before otherwise. */
  readonly isInside: boolean;
}

/** Writes and reads cursors. */
export interface CursorCodec {
  encode(position: Position): string;
  /** `null` for whatever this gateway did not write itself for the same list. */
  decode(cursor: string): Position | null;
}

const VERSION = 1;
const MAC_BYTES = 16;
const HEADER_BYTES = 4;
const MAX_CURSOR_LENGTH = 8_192;
const BASE64_URL = /^[A-Za-z0-9_-]+$/;

/**
 * Makes the codec of one list. Cursors are signed with a key derived from the secret, so every replica
 * with the same credentials reads them.
 * @param scope names what is paged over (endpoint, credential, project); a cursor of another scope is refused
 */
export function createCursorCodec(secret: string, scope: readonly string[]): CursorCodec {
  const key = Buffer.from(hkdfSync('sha256', secret, '', JSON.stringify(['cursor', VERSION, ...scope]), 32));
  const hmac = createHmacSha256(key);
  const sign = (payload: Uint8Array) => hmac(payload).subarray(0, MAC_BYTES);
  return {
    encode: (position) => {
      const payload = pack(position);
      return Buffer.concat([payload, sign(payload)]).toString('base64url');
    },
    decode: (cursor) => {
      if (cursor.length > MAX_CURSOR_LENGTH || !BASE64_URL.test(cursor)) return null;
      const bytes = Buffer.from(cursor, 'base64url');
      const payload = bytes.subarray(0, -MAC_BYTES);
      if (payload.length < HEADER_BYTES || bytes.toString('base64url') !== cursor) return null;
      return timingSafeEqual(sign(payload), bytes.subarray(-MAC_BYTES)) ? unpack(payload) : null;
    },
  };
}

const HAS_TOKEN = 1;
const IS_INSIDE = 2;

// Layout: page size (1 byte), flags (1), length of the token (2), the token, 5 bytes a row hash.
function pack({ token, pageSize, passed, isInside }: Position): Buffer {
  const text = token ?? '';
  const tokenBytes = Buffer.byteLength(text);
  const payload = Buffer.allocUnsafe(HEADER_BYTES + tokenBytes + passed.length * ROW_HASH_BYTES);
  payload.writeUInt8(pageSize, 0);
  payload.writeUInt8((token === null ? 0 : HAS_TOKEN) | (isInside ? IS_INSIDE : 0), 1);
  payload.writeUInt16BE(tokenBytes, 2);
  let offset = HEADER_BYTES + payload.write(text, HEADER_BYTES);
  for (const hash of passed) offset = payload.writeUIntBE(hash, offset, ROW_HASH_BYTES);
  return payload;
}

function unpack(payload: Buffer): Position {
  const flags = payload.readUInt8(1);
  const tokenEnd = HEADER_BYTES + payload.readUInt16BE(2);
  const passed: number[] = [];
  for (let offset = tokenEnd; offset < payload.length; offset += ROW_HASH_BYTES) {
    passed.push(payload.readUIntBE(offset, ROW_HASH_BYTES));
  }
  return {
    token: flags & HAS_TOKEN ? payload.toString('utf8', HEADER_BYTES, tokenEnd) : null,
    pageSize: payload.readUInt8(0),
    passed,
    isInside: (flags & IS_INSIDE) !== 0,
  };
}
