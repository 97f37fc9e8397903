/**
 * What replicas share of an index, as texts: a log of patches in one order, and what the last walk has brought. Positions
 * in the log are the store's own. Ages are in milliseconds, on the clock of the store. Each method rejects when the store
 * does not answer.
 */
export interface IndexStore {
  /** Whether nothing is shared now. */
  readonly isAway: boolean;
  /** Appends texts to the log and reads what stands behind a position. @param position `null` for the end of the log */
  sync(position: string | null, texts: readonly string[]): Promise<LogPart>;
  /** Takes or renews the lead of the next walk, which lasts for some seconds. `false` while somebody else has it. */
  lead(holder: string): Promise<boolean>;
  endLead(holder: string): Promise<void>;
  /** Stores a part of what a walk has brought. */
  addChunk(walkId: string, text: string, leftMs: number): Promise<void>;
  chunk(walkId: string, index: number): Promise<string | null>;
  /** Makes a walk the last one. Does nothing when its position has left the log, or its holder the lead. */
  setWalk(walk: StoredWalk, holder: string): Promise<void>;
}

export interface LogPart {
  /** In order, at most some hundred; `null` where the log does not have the position: others may have been missed. */
  readonly entries: readonly LogEntry[] | null;
  /** The end of the part. */
  readonly position: string;
  /** Whether there are more behind it. */
  readonly hasMore: boolean;
  readonly walk: StoredWalk | null;
}

export interface LogEntry {
  readonly text: string;
  readonly ageMs: number;
}

export interface StoredWalk {
  readonly id: string;
  /** Of the log, when the walk began: what stands behind it is to be applied. */
  readonly position: string;
  readonly beganAgeMs: number;
  readonly endedAgeMs: number;
  /** How long it holds. */
  readonly leftMs: number;
  readonly content: string;
}
