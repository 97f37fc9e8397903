import { KeyBudget } from '../../src/cache/key-budget.ts';
import { MemoryBudget } from '../../src/cache/memory-budget.ts';
import type { Claim, ClaimOutcome, ReadMemory, ReadStore, StoredText } from '../../src/cache/read-memory.ts';
import type { Epoch, WriteEpoch } from '../../src/cache/write-epoch.ts';
import { LocalWriteEpoch } from '../../src/cache/write-epoch.ts';

/** An epoch that is told as a shared one is: later. */
export class ToldEpoch implements WriteEpoch {
  readonly #local: LocalWriteEpoch;

  constructor(unsettledMs: number) {
    this.#local = new LocalWriteEpoch(unsettledMs);
  }

  async current(): Promise<Epoch> {
    return this.#local.current();
  }

  advance(isSettled: boolean): void {
    this.#local.advance(isSettled);
  }
}

/** What is known of reads, in this process alone unless a store is given. */
export function openMemory(parts: Partial<ReadMemory> = {}): ReadMemory {
  return {
    epoch: new LocalWriteEpoch(5_000),
    ttlMs: 0,
    staleMs: 0,
    store: null,
    budget: new MemoryBudget(1_000_000),
    inFlightKeys: new KeyBudget(1_000),
    ...parts,
  };
}

/** A store that replicas share, in memory. */
export class SharedTexts implements ReadStore {
  readonly texts = new Map<string, { text: string; expiresAt: number }>();
  readonly claims = new Map<string, Claim>();
  /** What every claim comes to, if that is not decided by what is there. */
  outcome: ClaimOutcome | undefined;
  asked = 0;
  #tokens = 0;

  async get(key: string): Promise<StoredText | null> {
    const stored = this.texts.get(key);
    const leftMs = (stored?.expiresAt ?? 0) - performance.now();
    return stored && leftMs > 0 ? { text: stored.text, leftMs } : null;
  }

  async claim(key: string, head: string): Promise<ClaimOutcome> {
    this.asked += 1;
    if (this.outcome !== undefined) return this.outcome;
    if (this.texts.get(key)?.text.startsWith(head)) return 'stored';
    if (this.claims.has(key)) return 'taken';
    this.#tokens += 1;
    const claim = { name: key, token: String(this.#tokens) };
    this.claims.set(key, claim);
    return claim;
  }

  set(key: string, text: string, ttlMs: number, claim?: Claim | null): void {
    this.texts.set(key, { text, expiresAt: performance.now() + ttlMs });
    if (claim) this.release(claim);
  }

  release({ name, token }: Claim): void {
    if (this.claims.get(name)?.token === token) this.claims.delete(name);
  }

  /** Puts another text in the place of the only one. */
  spoil(change: (text: string) => string): void {
    for (const stored of this.texts.values()) stored.text = change(stored.text);
  }
}
