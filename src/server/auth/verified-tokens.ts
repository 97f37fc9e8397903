import { hash } from 'node:crypto';
import type { Caller } from './caller.ts';

const MAX_TOKENS = 1_000;
const MAX_AGE_MS = 60_000;

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
  readonly #entries = new Map<string, Entry>();

  find(token: string): Caller | null {
    const key = digest(token);
    const entry = this.#entries.get(key);
    if (!entry) return null;
    const isOld = performance.now() - entry.verifiedAt >= MAX_AGE_MS;
    if (!isOld && Date.now() < entry.expiresAtMs) return entry.caller;
    this.#entries.delete(key);
    return null;
  }

  /** @param expiresAtMs of the token, in milliseconds of Unix time */
  add(token: string, caller: Caller, expiresAtMs: number): void {
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined && this.#entries.size >= MAX_TOKENS) this.#entries.delete(oldest);
    this.#entries.set(digest(token), { caller, verifiedAt: performance.now(), expiresAtMs });
  }
}

function digest(token: string): string {
  return hash('sha256', token, 'base64');
}
