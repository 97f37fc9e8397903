import type { UnconfirmedWrite } from '../../shared/gateway-error.ts';
import type { Collection } from './collection.ts';

/** What is known of the create that a key stands for. */
export type IdempotencyRecord =
  /** Under way, unless `abandonedAtMs` is past: then its gateway died. Both are milliseconds since the epoch. */
  | {
      readonly state: 'pending';
      readonly name: string;
      readonly startedAtMs: number;
      readonly abandonedAtMs: number;
    }
  | { readonly state: 'applied'; readonly name: string; readonly collection: Collection }
  | { readonly state: 'unknown'; readonly name: string; readonly write: UnconfirmedWrite };

/** Keeps the records of keyed creates for 24 h. Every method rejects when the store can't be reached. */
export interface IdempotencyStore {
  /** Stores the record when the key is new (`null`); gives the record that the key has otherwise. */
  claim(key: string, record: IdempotencyRecord): Promise<IdempotencyRecord | null>;
  settle(key: string, record: IdempotencyRecord): Promise<void>;
  /** Forgets a key whose create certainly changed nothing. */
  release(key: string): Promise<void>;
}

/** How long a key is remembered. */
export const RECORD_LIFETIME_MS = 24 * 3_600_000;

const MAX_RECORDS = 50_000;

/** Keeps the records in this process; refuses new keys, rather than forget old ones early, when it is full. */
export class MemoryIdempotencyStore implements IdempotencyStore {
  // In the order of their claims, so the first to expire comes first.
  readonly #records = new Map<string, { record: IdempotencyRecord; readonly expiresAt: number }>();

  async claim(key: string, record: IdempotencyRecord): Promise<IdempotencyRecord | null> {
    this.#dropExpired();
    const known = this.#records.get(key);
    if (known) return known.record;
    if (this.#records.size >= MAX_RECORDS) throw new Error('the memory for idempotency keys is full');
    this.#records.set(key, { record, expiresAt: performance.now() + RECORD_LIFETIME_MS });
    return null;
  }

  async settle(key: string, record: IdempotencyRecord): Promise<void> {
    const known = this.#records.get(key);
    if (known) known.record = record;
  }

  async release(key: string): Promise<void> {
    this.#records.delete(key);
  }

  #dropExpired(): void {
    const now = performance.now();
    for (const [key, { expiresAt }] of this.#records) {
      if (expiresAt > now) return;
      this.#records.delete(key);
    }
  }
}
