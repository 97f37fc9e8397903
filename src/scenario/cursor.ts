import type { Position, PositionOutline } from './position.ts';
import { ROW_HASH_BYTES } from './row-hash.ts';
import { createSealers, peekSealed, type Sealer } from './sealer.ts';

/** Writes and reads the cursors of one list. */
export interface CursorCodec {
  encode(position: Position): string;
  /** `null` for whatever this gateway did not write itself for the same list. */
  decode(cursor: string): Position | null;
}

/** Gives the codec of a list. @param list names it among those of the same credentials */
export type CursorCodecs = (list: string) => CursorCodec;

const VERSION = 1;
const HEADER_BYTES = 4;
const BEFORE_BYTES = 4;

/** The list whose cursors name no list: all collections. */
export const ROOT_LIST = '';

/**
 * Makes the codecs of all lists. Cursors are sealed, so every replica with the same credentials reads them.
 * @param scope names the credential and the project; a cursor of another scope, or of another list, is refused
 */
export function createCursorCodecs(secret: string, scope: readonly string[]): CursorCodecs {
  const sealers = createSealers(secret, ['cursor', VERSION, ...scope]);
  const rootList = codecOf(sealers(ROOT_LIST));
  return (list) => (list === ROOT_LIST ? rootList : codecOf(sealers(list)));
}

function codecOf({ seal, open }: Sealer): CursorCodec {
  return {
    encode: (position) => seal(pack(position)),
    decode: (cursor) => {
      const payload = open(cursor);
      return payload && isWhole(payload, payload.length) ? unpack(payload) : null;
    },
  };
}

/** Reads what planning needs of a cursor that is yet to be verified; `null` for what cannot be one. */
export function peekCursor(cursor: string): PositionOutline | null {
  const sealed = peekSealed(cursor, HEADER_BYTES + BEFORE_BYTES);
  if (sealed === null || !isWhole(sealed.head, sealed.bytes)) return null;
  const { head, bytes } = sealed;
  const { pageSize, isInside, before, tokenEnd } = readHeader(head);
  return pageSize === 0
    ? null
    : { pageSize, isInside, before, passedRows: Math.floor((bytes - tokenEnd) / ROW_HASH_BYTES) };
}

function isWhole(head: Buffer, bytes: number): boolean {
  return bytes >= HEADER_BYTES && bytes >= headerBytes(head.readUInt8(1)) + head.readUInt16BE(2);
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
  const { tokenStart, tokenEnd, part, hasToken, pageSize, isInside, before } = readHeader(payload);
  const token = hasToken ? payload.toString('utf8', tokenStart, tokenEnd) : null;
  const passed: number[] = [];
  for (let offset = tokenEnd; offset + ROW_HASH_BYTES <= payload.length; offset += ROW_HASH_BYTES) {
    passed.push(payload.readUIntBE(offset, ROW_HASH_BYTES));
  }
  return { part, token, pageSize, passed, isInside, before };
}

function readHeader(payload: Buffer) {
  const flags = payload.readUInt8(1);
  const tokenStart = headerBytes(flags);
  return {
    tokenStart,
    tokenEnd: tokenStart + payload.readUInt16BE(2),
    part: flags >> PART_SHIFT,
    hasToken: (flags & HAS_TOKEN) !== 0,
    pageSize: payload.readUInt8(0),
    isInside: (flags & IS_INSIDE) !== 0,
    before: flags & HAS_BEFORE ? payload.readUInt32BE(HEADER_BYTES) : null,
  };
}
