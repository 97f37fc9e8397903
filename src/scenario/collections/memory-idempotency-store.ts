import {
  type CreateKey,
  type IdempotencyStore,
  type KnownCreate,
  type PendingCreate,
  RECORD_LIFETIME_MS,
  type SettledCreate,
} from './idempotency-store.ts';
import { decodeRecord, encodeRecord } from './stored-record.ts';

const MAX_BYTES = 32 * 1_048_576;
// Of a record, its key and its places in maps, beside the text.
const BYTES_PER_RECORD = 600;

interface Settled {
  readonly owner: string;
  readonly text: string;
  readonly expiresAt: number;
}

/**
 * Keeps the records in this process, within a bound. When that is reached, the owner whose records take the most loses
 * the oldest settled ones; what is under way is never forgotten.
 */
export class MemoryIdempotencyStore implements IdempotencyStore {
  readonly #pending = new Map<string, PendingCreate>();
  // In the order in which they were settled, so the first to expire comes first.
  readonly #settled = new Map<string, Settled>();
  readonly #settledBytes = new Map<string, number>();
  readonly #maxBytes: number;
  #bytes = 0;

  /** @param maxBytes how much memory the records may take */
  constructor(maxBytes = MAX_BYTES) {
    this.#maxBytes = maxBytes;
  }

  async claim(createKey: CreateKey, claim: PendingCreate): Promise<KnownCreate | null> {
    this.#dropExpired();
    const id = idOf(createKey);
    const settled = this.#settled.get(id);
    if (settled) return decodeRecord(id, settled.text);
    // Creates of this process end while it lives, so that none is ever abandoned.
    const pending = this.#pending.get(id);
    if (pending) return pending;
    if (!this.#makeRoom(BYTES_PER_RECORD)) throw new Error('the memory for idempotency keys is full');
    this.#pending.set(id, claim);
    this.#bytes += BYTES_PER_RECORD;
    return null;
  }

  async settle(createKey: CreateKey, record: SettledCreate): Promise<void> {
    const id = idOf(createKey);
    if (!this.#endPending(id)) return;
    const { owner } = createKey;
    const text = encodeRecord(id, record);
    this.#settled.set(id, { owner, text, expiresAt: performance.now() + RECORD_LIFETIME_MS });
    this.#count(owner, sizeOf(text));
    this.#makeRoom(0);
  }

  async release(createKey: CreateKey): Promise<void> {
    this.#endPending(idOf(createKey));
  }

  #endPending(id: string): boolean {
    const isPending = this.#pending.delete(id);
    if (isPending) this.#bytes -= BYTES_PER_RECORD;
    return isPending;
  }

  #dropExpired(): void {
    const now = performance.now();
    for (const [id, settled] of this.#settled) {
      if (settled.expiresAt > now) return;
      this.#forget(id, settled);
    }
  }

  /** @returns `false` when all that is left is under way */
  #makeRoom(bytes: number): boolean {
    while (this.#bytes + bytes > this.#maxBytes) {
      if (this.#settled.size === 0) return false;
      const owner = this.#largestOwner();
      for (const [id, settled] of this.#settled) {
        if (settled.owner !== owner) continue;
        this.#forget(id, settled);
        break;
      }
    }
    return true;
  }

  #largestOwner(): string {
    let largest = { owner: '', bytes: 0 };
    for (const [owner, bytes] of this.#settledBytes) if (bytes > largest.bytes) largest = { owner, bytes };
    return largest.owner;
  }

  #forget(id: string, { owner, text }: Settled): void {
    this.#settled.delete(id);
    this.#count(owner, -sizeOf(text));
  }

  #count(owner: string, bytes: number): void {
    this.#bytes += bytes;
    const ofOwner = (this.#settledBytes.get(owner) ?? 0) + bytes;
    if (ofOwner === 0) this.#settledBytes.delete(owner);
    else this.#settledBytes.set(owner, ofOwner);
  }
}

function idOf({ owner, key }: CreateKey): string {
  return `${owner}:${key}`;
}

function sizeOf(text: string): number {
  return BYTES_PER_RECORD + 2 * text.length;
}
