import { hash } from 'node:crypto';

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
const USUAL_MESSAGE_BYTES = 512;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

/**
 * Makes HMAC-SHA-256 (RFC 2104) under one key out of one-shot hashes: a list needs two, and Node's `Hmac` objects take
 * several times as long. What is hashed is put together in the same place each time.
 * @param key at most 64 bytes
 */
export function createHmacSha256(key: Uint8Array): (message: Uint8Array) => Buffer {
  const outer = padded(key, OUTER_PAD, DIGEST_BYTES);
  let inner = padded(key, INNER_PAD, USUAL_MESSAGE_BYTES);
  return (message) => {
    const bytes = BLOCK_BYTES + message.length;
    if (bytes > inner.length) inner = padded(key, INNER_PAD, message.length);
    inner.set(message, BLOCK_BYTES);
    outer.write(sha256(inner.subarray(0, bytes)), BLOCK_BYTES, 'latin1');
    return Buffer.from(sha256(outer), 'latin1');
  };
}

function padded(key: Uint8Array, pad: number, spareBytes: number): Buffer {
  if (key.length > BLOCK_BYTES) throw new RangeError(`the key has more than ${BLOCK_BYTES} bytes`);
  const bytes = Buffer.alloc(BLOCK_BYTES + spareBytes);
  bytes.set(key);
  for (let at = 0; at < BLOCK_BYTES; at += 1) bytes[at] = (bytes[at] ?? 0) ^ pad;
  return bytes;
}

// Asked for bytes, Node takes twice as long as for a text of them.
function sha256(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'latin1');
}
