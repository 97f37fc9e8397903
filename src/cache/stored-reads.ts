import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { parseJson } from './parse-json.ts';
import type { ReadKind } from './read-kind.ts';
import type { ReadStore } from './read-memory.ts';
import type { Epoch } from './write-epoch.ts';

/** A read that another replica made. */
export interface StoredRead<Value> {
  readonly value: Value;
  /** Milliseconds since the read of it began. */
  readonly ageMs: number;
}

const MAX_BYTES = 1_048_576;

const envelopeForm = Type.Object({
  shape: Type.String(),
  epoch: Type.String(),
  path: Type.String(),
  value: Type.Unknown(),
});
const envelopeCheck = Compile(envelopeForm);

/** Reads of one kind that all replicas share. Each names its shape, its path and its epoch: whatever else is found is ignored. */
export class StoredReads<Value extends {}> {
  readonly #store: ReadStore;
  readonly #ttlMs: number;
  readonly #kind: ReadKind<Value>;

  /** @param ttlMs how old a value may be */
  constructor(store: ReadStore, ttlMs: number, kind: ReadKind<Value>) {
    this.#store = store;
    this.#ttlMs = ttlMs;
    this.#kind = kind;
  }

  /** What was read from this path in this epoch; `null` when there is nothing, or nothing that can be trusted. */
  async get(path: string, epoch: Epoch): Promise<StoredRead<Value> | null> {
    const askedAt = performance.now();
    const stored = await this.#store.get(this.#key(path));
    if (stored === null || stored.leftMs > this.#ttlMs) return null;
    const ageMs = this.#ttlMs - stored.leftMs + performance.now() - askedAt;
    if (ageMs >= this.#ttlMs) return null;
    const envelope = parseJson(stored.text);
    if (!envelopeCheck.Check(envelope)) return null;
    if (envelope.shape !== this.#kind.shape || envelope.path !== path || envelope.epoch !== epoch.name)
      return null;
    const value = this.#kind.decodeStored(envelope.value);
    return value && this.#kind.isWhole(value) && this.#kind.isFrom(path, value) ? { value, ageMs } : null;
  }

  /** Stores it behind the answer that is under way. @param ageMs how long ago the read of the value began */
  set(path: string, epoch: Epoch, value: Value, ageMs: number): void {
    if (!epoch.isSettled || !this.#kind.isWhole(value)) return;
    const readAt = performance.now() - ageMs;
    setImmediate(() => {
      const text = encode({ shape: this.#kind.shape, epoch: epoch.name, path, value });
      const leftMs = Math.floor(this.#ttlMs - (performance.now() - readAt));
      if (text === null || leftMs <= 0 || Buffer.byteLength(text) > MAX_BYTES) return;
      this.#store.set(this.#key(path), text, leftMs);
    });
  }

  // How old a stored value is shows in what is left of its time: only to replicas that give it the same.
  #key(path: string): string {
    return `${this.#kind.shape} ${this.#ttlMs} ${path}`;
  }
}

// Nobody waits for it, so nobody could be told that it cannot be written as text.
function encode(envelope: Static<typeof envelopeForm>): string | null {
  try {
    return JSON.stringify(envelope);
  } catch {
    return null;
  }
}
