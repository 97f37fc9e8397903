import { createHash } from 'node:crypto';

/**
 * A deterministic stand-in for `Math.random`: the same text always gives the same numbers from `[0, 1)`
 * (mulberry32 over the first bytes of a SHA-256).
 */
export function seededRandom(text: string): () => number {
  let state = createHash('sha256').update(text).digest().readUInt32BE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
