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
}

/**
 * Keeps texts for all replicas together. It never fails: what can't be stored or had is not there.
 */
export interface ReadStore {
  get(key: string): StoredText | null | Promise<StoredText | null>;
  /** Returns at once. */
  set(key: string, text: string, ttlMs: number): void;
}

/** A text that some replica stored. */
export interface StoredText {
  readonly text: string;
  /** How long it will still be there. */
  readonly leftMs: number;
}
