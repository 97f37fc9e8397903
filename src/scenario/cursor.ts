import { hkdfSync, timingSafeEqual } from 'node:crypto';
import { createHmacSha256 } from './hmac-sha256.ts';
import type { Position, PositionOutline } from './position.ts';
import { ROW_HASH_BYTES } from './row-hash.ts';

/** Writes and reads the cursors of one list. */
export interface CursorCodec {
  encode(position: Position): string;
  /** `null` for whatever this gateway did not write itself for the same list. */
  decode(cursor: string): Position | null;
}

/** Gives the codec of a list. @param list names it among those of the same credentials */
export type CursorCodecs = (list: string) => CursorCodec;

const VERSION = 1;
const MAC_BYTES = 16;
const HEADER_BYTES = 4;
const BEFORE_BYTES = 4;
const MAX_CURSOR_LENGTH = 8_192;
const BASE64_URL = /^[A-Za-z0-9_-]+$/;

/** The list whose cursors name no list: all collections. */
export const ROOT_LIST = '';

/**
 * Makes the codecs of all lists. Cursors are signed with a key derived from the secret, so every replica with the same
 * credentials reads them.
 * @param scope names the credential and the project; a cursor of another scope, or of another list, is refused
 */
export function createCursorCodecs(secret: string, scope: readonly string[]): CursorCodecs {
  const key = Buffer.from(hkdfSync('sha256', secret, '', JSON.stringify(['cursor', VERSION, ...scope]), 32));
  const hmac = createHmacSha256(key);
  return (list) => {
    const suffix = Buffer.from(list);
    const sign = (payload: Buffer): Buffer =>
      hmac(suffix.length === 0 ? payload : Buffer.concat([payload, suffix])).subarray(0, MAC_BYTES);
    return {
      encode: (position) => {
        const payload = pack(position);
        return Buffer.concat([payload, sign(payload)]).toString('base64url');
      },
      decode: (cursor) => {
        const payload = payloadOf(cursor);
        if (payload === null) return null;
        const mac = Buffer.from(cursor, 'base64url').subarray(-MAC_BYTES);
        return timingSafeEqual(sign(payload), mac) ? unpack(payload) : null;
      },
    };
  };
}

/** Reads what planning needs of a cursor that is yet to be verified; `null` for what cannot be one. */
export function peekCursor(cursor: string): PositionOutline | null {
  const payload = payloadOf(cursor);
  if (payload === null) return null;
  const { pageSize, isInside, before, passed } = unpack(payload);
  return pageSize === 0 ? null : { pageSize, isInside, before, passedRows: passed.length };
}

function payloadOf(cursor: string): Buffer | null {
  if (cursor.length > MAX_CURSOR_LENGTH || !BASE64_URL.test(cursor)) return null;
  const bytes = Buffer.from(cursor, 'base64url');
  const payload = bytes.subarray(0, -MAC_BYTES);
  if (payload.length < HEADER_BYTES || bytes.toString('base64url') !== cursor) return null;
  const hasWholeHeader = payload.length >= headerBytes(payload.readUInt8(1)) + payload.readUInt16BE(2);
  return hasWholeHeader ? payload : null;
}

const HAS_TOKEN = 1;
const IS_INSIDE = 2;
const HAS_BEFORE = 4;
const PART_SHIFT = 3;

function headerBytes(flags: number): number {
  return HEADER_BYTES + (flags & HAS_BEFORE ? BEFORE_BYTES : 0);
}

// Layout: page size (1 byte), flags and part (1), length of the token (2), rows before (4, if known), the token,
// 5 bytes a row hash.
function pack({ part, token, pageSize, passed, isInside, before }: Position): Buffer {
  const text = token ?? '';
  const flags =
    (token === null ? 0 : HAS_TOKEN) |
    (isInside ? IS_INSIDE : 0) |
    (before === null ? 0 : HAS_BEFORE) |
    (part << PART_SHIFT);
  const tokenBytes = Buffer.byteLength(text);
  const payload = Buffer.allocUnsafe(headerBytes(flags) + tokenBytes + passed.length * ROW_HASH_BYTES);
  payload.writeUInt8(pageSize, 0);
  payload.writeUInt8(flags, 1);
  payload.writeUInt16BE(tokenBytes, 2);
  if (before !== null) payload.writeUInt32BE(before, HEADER_BYTES);
  let offset = headerBytes(flags) + payload.write(text, headerBytes(flags));
  for (const hash of passed) offset = payload.writeUIntBE(hash, offset, ROW_HASH_BYTES);
  return payload;
}

function unpack(payload: Buffer): Position {
  const flags = payload.readUInt8(1);
  const tokenStart = headerBytes(flags);
  const tokenEnd = tokenStart + payload.readUInt16BE(2);
  const passed: number[] = [];
  for (let offset = tokenEnd; offset + ROW_HASH_BYTES <= payload.length; offset += ROW_HASH_BYTES) {
    passed.push(payload.readUIntBE(offset, ROW_HASH_BYTES));
  }
  return {
    part: flags >> PART_SHIFT,
    token: flags & HAS_TOKEN ? payload.toString('utf8', tokenStart, tokenEnd) : null,
    pageSize: payload.readUInt8(0),
    passed,
    isInside: (flags & IS_INSIDE) !== 0,
    before: flags & HAS_BEFORE ? payload.readUInt32BE(HEADER_BYTES) : null,
  };
}
