import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { COLLECTION_FIELDS } from './decode.ts';
import type { Collection } from './model.ts';
import type { ReadStore } from './read-memory.ts';

/** What reads of one kind give. */
export interface ReadKind<Value> {
  /** Decodes a value that a gateway stored as JSON; `null` for anything else. */
  decodeStored(value: unknown): Value | null;
  collectionsOf(value: Value): readonly Collection[];
}

/** A read that another replica made. */
export interface StoredRead<Value> {
  readonly value: Value;
  /** Milliseconds since the read of it began. */
  readonly ageMs: number;
}

// Any change of what is written below, or of what the decoders take, needs another number.
const VERSION = 1;
const MAX_BYTES = 1_048_576;

const envelopeCheck = Compile(
  Type.Object({
    version: Type.Literal(VERSION),
    generation: Type.String(),
    path: Type.String(),
    value: Type.Unknown(),
  }),
);

// An answer may hold more than the gateway knows: that is not stored.
const FIELDS = ['version', 'generation', 'path', 'value', 'collections', 'nextToken', ...COLLECTION_FIELDS];

/** Reads of one kind that all replicas share. Each names its version, its path and its generation: whatever else is found is ignored. */
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

  /** What was read from this path in this generation; `null` when there is nothing, or nothing that can be trusted. */
  async get(path: string, generation: string): Promise<StoredRead<Value> | null> {
    const askedAt = performance.now();
    const stored = await this.#store.get(this.#key(path));
    if (stored === null || stored.leftMs > this.#ttlMs) return null;
    const ageMs = this.#ttlMs - stored.leftMs + performance.now() - askedAt;
    if (ageMs >= this.#ttlMs) return null;
    const envelope = parse(stored.text);
    if (!envelopeCheck.Check(envelope)) return null;
    if (envelope.path !== path || envelope.generation !== generation) return null;
    const value = this.#kind.decodeStored(envelope.value);
    return value && this.#isWhole(value) ? { value, ageMs } : null;
  }

  /** Stores it behind the answer that is under way. @param ageMs how long ago the read of the value began */
  set(path: string, generation: string, value: Value, ageMs: number): void {
    if (!this.#isWhole(value)) return;
    const readAt = performance.now() - ageMs;
    setImmediate(() => {
      const text = JSON.stringify({ version: VERSION, generation, path, value }, FIELDS);
      const leftMs = Math.floor(this.#ttlMs - (performance.now() - readAt));
      if (leftMs > 0 && Buffer.byteLength(text) <= MAX_BYTES) this.#store.set(this.#key(path), text, leftMs);
    });
  }

  // What is wrong in part stays with whoever read it: everybody else reads anew.
  #isWhole(value: Value): boolean {
    return this.#kind.collectionsOf(value).every(({ thumbnail }) => thumbnail !== 'malformed');
  }

  // How old a stored value is shows in what is left of its time: only to replicas that give it the same.
  #key(path: string): string {
    return `${this.#ttlMs} ${path}`;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
