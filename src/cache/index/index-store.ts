/**
 * What replicas share of an index, as texts: a log of patches in one order, and what the last walk has brought. Positions
 * in the log are the store's own. Times are in milliseconds, on the clock of the store. Each method rejects when the store
 * does not answer.
 */
export interface IndexStore {
  /** Whether nothing is shared now. */
  readonly isAway: boolean;
  /** Calls back whenever the store may have lost what was appended last. */
  onLoss(listener: () => void): void;
  /** Appends texts to the log and reads what stands behind a position. @param position `null` for the end of the log */
  sync(position: string | null, texts: readonly string[]): Promise<LogPart>;
  /**
   * Takes or renews the lead of the next walk, which lasts for some seconds.
   * @param endsInMs when the walk will be over; `null` where nobody knows
   */
  lead(holder: string, endsInMs: number | null): Promise<LeadAnswer>;
  endLead(holder: string): Promise<void>;
  /** Stores a part of what a walk has brought. @param leftMs how long it is of use */
  addChunk(walkId: string, text: string, leftMs: number): Promise<void>;
  chunk(walkId: string, index: number): Promise<string | null>;
  /** Makes a walk the last one. Does nothing when its holder has lost the lead. */
  setWalk(walk: StoredWalk, holder: string): Promise<void>;
}

/** Whether who asks has the lead; if not, when the walk of the one who has will be over. */
export type LeadAnswer =
  | { readonly isHeld: true }
  | { readonly isHeld: false; readonly endsInMs: number | null };

/** Names an index among those of one upstream account. */
export interface IndexName {
  readonly name: string;
  /** How it is walked and stored: walks of another form are not shared, patches are. */
  readonly form: string;
}

/** A place in the log, and when it was read. */
export interface LogPlace {
  readonly position: string;
  readonly readAt: number;
}

export interface LogPart {
  /** In order, at most some hundred; `null` where the log does not have the position: others may have been missed. */
  readonly entries: readonly LogEntry[] | null;
  /** The end of the part. */
  readonly place: LogPlace;
  /** Whether there are more behind it. */
  readonly hasMore: boolean;
  /** `null` where there is none, or its position has left the log. */
  readonly walk: StoredWalk | null;
}

export interface LogEntry {
  readonly text: string;
  readonly appendedAt: number;
}

export interface StoredWalk {
  readonly id: string;
  /** Of the log, when the walk began: what stands behind it is to be applied. */
  readonly position: string;
  readonly beganAt: number;
  /** When the log was read last: what was appended before was applied. */
  readonly endedAt: number;
  readonly expiresAt: number;
  readonly content: string;
}
