import type {
  IndexStore,
  LeadAnswer,
  LogEntry,
  LogPart,
  StoredWalk,
} from '../../../src/cache/index/index-store.ts';

// The clock of the store is another than that of the process.
const CLOCK_OFFSET_MS = 1_000_000;

/** What the stores of all replicas hold together. */
export class SharedShelf {
  /** Most entries that one reading gives. */
  pageSize = 3;
  readonly entries: LogEntry[] = [{ text: '', appendedAt: CLOCK_OFFSET_MS }];
  /** Entries before this one are gone. */
  start = 0;
  walk: StoredWalk | null = null;
  leader: string | null = null;
  walkEndsAt: number | null = null;
  readonly chunks = new Map<string, string[]>();

  /** Every position that was given before is gone, with what stood there. */
  forget(): void {
    this.start = this.entries.length;
    this.entries.push({ text: '', appendedAt: this.now });
    this.walk = null;
  }

  get now(): number {
    return Math.floor(performance.now()) + CLOCK_OFFSET_MS;
  }
}

/** A store of one replica, in memory. */
export class ShelfStore implements IndexStore {
  isAway = false;
  /** Whether it fails whatever is asked, though it counts as there. */
  isBroken = false;
  /** How often the log was read or written. */
  syncs = 0;
  readonly leads: string[] = [];
  readonly #shelf: SharedShelf;
  readonly #listeners: Array<() => void> = [];

  constructor(shelf: SharedShelf) {
    this.#shelf = shelf;
  }

  onLoss(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Tells that what was appended last may be lost. */
  lose(): void {
    for (const listener of this.#listeners) listener();
  }

  async sync(position: string | null, texts: readonly string[]): Promise<LogPart> {
    this.syncs += 1;
    await this.#answer();
    const { entries, start, pageSize, now, walk } = this.#shelf;
    for (const text of texts) entries.push({ text, appendedAt: now });
    const from = position === null ? null : Number(position);
    const isThere = from !== null && from >= start;
    const end = isThere ? Math.min(from + 1 + pageSize, entries.length) : entries.length;
    return {
      entries: isThere ? entries.slice(from + 1, end) : null,
      place: { position: String(end - 1), readAt: now },
      hasMore: end < entries.length,
      walk: walk && Number(walk.position) >= start ? walk : null,
    };
  }

  async lead(holder: string, endsInMs: number | null): Promise<LeadAnswer> {
    this.leads.push(holder);
    await this.#answer();
    const shelf = this.#shelf;
    shelf.leader ??= holder;
    const otherEndsInMs = shelf.walkEndsAt && shelf.walkEndsAt - shelf.now;
    if (shelf.leader !== holder) return { isHeld: false, endsInMs: otherEndsInMs };
    shelf.walkEndsAt = endsInMs && shelf.now + endsInMs;
    return { isHeld: true };
  }

  async endLead(holder: string): Promise<void> {
    await this.#answer();
    if (this.#shelf.leader === holder) this.#shelf.leader = null;
  }

  async addChunk(walkId: string, text: string, _leftMs: number): Promise<void> {
    await this.#answer();
    const chunks = this.#shelf.chunks.get(walkId) ?? [];
    this.#shelf.chunks.set(walkId, [...chunks, text]);
  }

  async chunk(walkId: string, index: number): Promise<string | null> {
    await this.#answer();
    return this.#shelf.chunks.get(walkId)?.[index] ?? null;
  }

  async setWalk(walk: StoredWalk, holder: string): Promise<void> {
    await this.#answer();
    if (this.#shelf.leader === holder) this.#shelf.walk = walk;
  }

  async #answer(): Promise<void> {
    await Promise.resolve();
    if (this.isAway || this.isBroken) throw new Error('The store does not answer.');
  }
}
