/** Bytes that one row hash takes in a cursor. */
export const ROW_HASH_BYTES = 5;

/**
 * A 40-bit hash of a row's id (cyrb53, cut): tells the rows of one page apart. Not for secrets.
 * @see https://github.com/bryc/code/blob/master/jshash/experimental/cyrb53.js
 */
export function hashRow(id: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < id.length; index += 1) {
    const char = id.charCodeAt(index);
    high = Math.imul(high ^ char, 0x9e3779b1);
    low = Math.imul(low ^ char, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return (low >>> 0) * 256 + (high & 0xff);
}
