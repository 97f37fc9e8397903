import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { CallScope } from '../http/call.ts';
import { sleep } from '../http/sleep.ts';
import { tryParseJson } from '../shared/try-parse-json.ts';
import type { ReadKind } from './read-kind.ts';
import type { Claim, ReadStore } from './read-memory.ts';
import type { Epoch } from './write-epoch.ts';

/** A read that another replica made. */
export interface StoredRead<Value> {
  readonly value: Value;
  /** Milliseconds since the read of it began. */
  readonly ageMs: number;
}

/** What is known of a read that this process has not made. */
export type SharedRead<Value> =
  | (StoredRead<Value> & { readonly kind: 'stored' })
  /** It is to be made here: with a claim others wait for it, for a short time. */
  | { readonly kind: 'missing'; readonly claim: Claim | null };

const MAX_BYTES = 1_048_576;
// Somebody who reads for others is waited for so long, and for no more than half of what is left: a read of one's own fits
// into the other half.
const MAX_WAIT_MS = 2_000;
const MAX_WAIT_SHARE = 0.5;
const FIRST_PAUSE_MS = 20;
const MAX_PAUSE_MS = 100;
const UNCLAIMED = { kind: 'missing', claim: null } as const;

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

  /** What was read from this path in this epoch; waits for the replica that reads it just now. */
  async find(path: string, epoch: Epoch, scope: CallScope): Promise<SharedRead<Value>> {
    const stored = await this.#get(path, epoch);
    if (stored) return { kind: 'stored', ...stored };
    // Nothing of what is read now will be stored.
    return epoch.isSettled ? this.#claim(path, epoch, scope) : UNCLAIMED;
  }

  async #claim(path: string, epoch: Epoch, { deadline, signal }: CallScope): Promise<SharedRead<Value>> {
    const head = headOf({ shape: this.#kind.shape, epoch: epoch.name });
    const giveUpAt = performance.now() + Math.min(MAX_WAIT_MS, deadline.remainingMs * MAX_WAIT_SHARE);
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, MAX_PAUSE_MS)) {
      const outcome = await this.#store.claim(this.#key(path), head);
      if (outcome === 'stored') {
        const stored = await this.#get(path, epoch);
        return stored ? { kind: 'stored', ...stored } : UNCLAIMED;
      }
      if (outcome !== 'taken') return { kind: 'missing', claim: outcome };
      const leftMs = giveUpAt - performance.now();
      if (leftMs <= 0 || !(await sleep(Math.min(pauseMs, leftMs), signal))) return UNCLAIMED;
    }
  }

  /** `null` when there is nothing, or nothing that can be trusted. */
  async #get(path: string, epoch: Epoch): Promise<StoredRead<Value> | null> {
    const askedAt = performance.now();
    const stored = await this.#store.get(this.#key(path));
    if (stored === null || stored.leftMs > this.#ttlMs) return null;
    const ageMs = this.#ttlMs - stored.leftMs + performance.now() - askedAt;
    if (ageMs >= this.#ttlMs) return null;
    const envelope = tryParseJson(stored.text);
    if (!envelopeCheck.Check(envelope)) return null;
    if (envelope.shape !== this.#kind.shape || envelope.path !== path || envelope.epoch !== epoch.name)
      return null;
    const value = this.#kind.decodeStored(envelope.value);
    return value && this.#kind.isWhole(value) && this.#kind.isFrom(path, value) ? { value, ageMs } : null;
  }

  /**
   * Stores it behind the answer that is under way.
   * @param ageMs how long ago the read of the value began
   * @param claim with which it was read
   */
  set(path: string, epoch: Epoch, value: Value, ageMs: number, claim: Claim | null): void {
    if (!epoch.isSettled || !this.#kind.isWhole(value)) return this.release(claim);
    const readAt = performance.now() - ageMs;
    setImmediate(() => {
      const text = encode({ shape: this.#kind.shape, epoch: epoch.name, path, value });
      const leftMs = Math.floor(this.#ttlMs - (performance.now() - readAt));
      if (text === null || leftMs <= 0 || Buffer.byteLength(text) > MAX_BYTES) return this.release(claim);
      this.#store.set(this.#key(path), text, leftMs, claim);
    });
  }

  /** Called when nothing comes of the read. */
  release(claim: Claim | null): void {
    if (claim) this.#store.release(claim);
  }

  // How old a stored value is shows in what is left of its time: only to replicas that give it the same.
  #key(path: string): string {
    return `${this.#kind.shape} ${this.#ttlMs} ${path}`;
  }
}

/** How each text of this shape and epoch begins. */
function headOf(start: Pick<Static<typeof envelopeForm>, 'shape' | 'epoch'>): string {
  return `${JSON.stringify({ shape: start.shape, epoch: start.epoch }).slice(0, -1)},`;
}

// Nobody waits for it, so nobody could be told that it cannot be written as text.
function encode(envelope: Static<typeof envelopeForm>): string | null {
  try {
    return JSON.stringify(envelope);
  } catch {
    return null;
  }
}
