import type { KeyBudget } from './key-budget.ts';
import type { MemoryBudget } from './memory-budget.ts';
import type { WriteEpoch } from './write-epoch.ts';

/** How long reads are kept, and what invalidates them before. Times are in milliseconds. */
export interface ReadMemory {
  readonly epoch: WriteEpoch;
  /** How old a read may be that is answered without asking the upstream; 0 asks always. */
  readonly ttlMs: number;
  /** How old a copy may be that is answered while the upstream is down; 0 for none. */
  readonly staleMs: number;
  /** Where replicas find what others have read; `null` keeps it in this process. */
  readonly store: ReadStore | null;
  /** Bounds what is kept in this process. */
  readonly budget: MemoryBudget;
  /** Bounds the keys of what is in flight. */
  readonly inFlightKeys: KeyBudget;
}

/**
 * Keeps texts for all replicas together. It never fails: what can't be stored or had is not there.
 */
export interface ReadStore {
  get(key: string): StoredText | null | Promise<StoredText | null>;
  /**
   * Claims the read of what is not stored, for a short time.
   * @param head how a text begins that would be of use
   */
  claim(key: string, head: string): ClaimOutcome | Promise<ClaimOutcome>;
  /** Returns at once. @param claim given back with it, once the text is there */
  set(key: string, text: string, ttlMs: number, claim?: Claim | null): void;
  /** Gives a claim back of which no text comes. Returns at once. */
  release(claim: Claim): void;
}

/** The right to read what others wait for meanwhile. */
export interface Claim {
  readonly name: string;
  readonly token: string;
}

/** What came of claiming: `taken` by somebody else, `stored` just now, or `null` where nobody can tell. */
export type ClaimOutcome = Claim | 'taken' | 'stored' | null;

/** A text that some replica stored. */
export interface StoredText {
  readonly text: string;
  /** How long it will still be there. */
  readonly leftMs: number;
}
