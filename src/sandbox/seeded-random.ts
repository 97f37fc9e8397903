import { hash } from 'node:crypto';

/** Gives the next number from `[0, 1)`. */
export type Random = () => number;

/**
 * A deterministic stand-in for `Math.random`: the same text always gives the same numbers from `[0, 1)`
 * (mulberry32 over the first bytes of a SHA-256).
 */
export function seededRandom(text: string): Random {
  let state = hash('sha256', text, 'buffer').readUInt32BE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One entry of a list that is never empty. */
export function pick<Entry>(random: Random, entries: readonly [Entry, ...Entry[]]): Entry {
  return entries[Math.floor(random() * entries.length)] ?? entries[0];
}

/** A whole number from `least` to `most`, both included. */
export function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}
