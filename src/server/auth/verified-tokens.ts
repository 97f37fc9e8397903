import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Caller } from './caller.ts';

const MAX_TOKENS = 1_000;
const MAX_BYTES = 1_048_576;
const MAX_AGE_MS = 60_000;
// A digest, an entry, a caller with its set of scopes, and their places in the cache.
const ENTRY_BYTES = 600;

interface Entry {
  readonly caller: Caller;
  readonly verifiedAt: number;
  readonly expiresAtMs: number;
}

/**
 * Remembers for a minute at most whom a verified token stands for, so that its next requests cost no signature check.
 * Keeps digests, not tokens.
 */
export class VerifiedTokens {
  readonly #entries = new LRUCache<string, Entry>({
    max: MAX_TOKENS,
    maxSize: MAX_BYTES,
    sizeCalculation: ({ caller }) => ENTRY_BYTES + 2 * caller.name.length,
  });

  find(token: string): Caller | null {
    const entry = this.#entries.get(digest(token));
    if (!entry || performance.now() - entry.verifiedAt >= MAX_AGE_MS) return null;
    return Date.now() < entry.expiresAtMs ? entry.caller : null;
  }

  /** @param expiresAtMs of the token, in milliseconds of Unix time */
  add(token: string, caller: Caller, expiresAtMs: number): void {
    this.#entries.set(digest(token), { caller, verifiedAt: performance.now(), expiresAtMs });
  }
}

function digest(token: string): string {
  return hash('sha256', token, 'base64');
}
