import { setTimeout as delay } from 'node:timers/promises';
import type { IndexStore, LogEntry, LogPart, StoredWalk } from './index-store.ts';
import type { TimedPatch } from './patch.ts';
import { decodePatch, encodePatch, type StoredForm } from './stored-patch.ts';

/** Is told what stands in the log. */
export interface LogListener<Item> {
  /** Called for each patch, in the order of all replicas. This replica's own come too. */
  take(patch: TimedPatch<Item>): void;
  /** Called when patches may have been missed. */
  lost(): void;
}

/** What is known of the others now. */
export interface LogState {
  readonly isReachable: boolean;
  /** What the last walk of any replica has brought; `null` where there is none that can be trusted. */
  readonly walk: StoredWalk | null;
}

const AWAY: LogState = { isReachable: false, walk: null };
const RETRY_MS = 200;
const MAX_OWED = 1_000;

/** The log of patches that replicas share. What cannot be appended now is appended before anything is read again. */
export class SharedLog<Item> {
  readonly #store: IndexStore;
  readonly #form: StoredForm<Item>;
  readonly #listener: LogListener<Item>;
  #position: string | null = null;
  #owed: TimedPatch<Item>[] = [];
  #isRetrying = false;
  #isClosed = false;
  #last: Promise<unknown> = Promise.resolve();
  #next: Promise<LogState> | null = null;

  constructor(store: IndexStore, form: StoredForm<Item>, listener: LogListener<Item>) {
    this.#store = store;
    this.#form = form;
    this.#listener = listener;
  }

  /** How far the log was read. */
  get position(): string | null {
    return this.#position;
  }

  /** Tells all replicas. Resolves when they are told, or when they cannot be told now. */
  async append(patch: TimedPatch<Item>): Promise<void> {
    this.#owed.push(patch);
    // Too much to remember: whatever it was, all that is kept may be wrong.
    if (this.#owed.length > MAX_OWED) this.#owed = [{ ...patch, patch: { kind: 'unknown', id: null } }];
    const { isReachable } = await this.sync();
    if (!isReachable) void this.#retry();
  }

  /** Reads what was logged until now. Whoever asks while others are read for shares the next reading with all who do. */
  sync(): Promise<LogState> {
    if (this.#next === null) {
      const next = this.#last.then(() => {
        this.#next = null;
        return this.#sync();
      });
      this.#next = next;
      this.#last = next;
    }
    return this.#next;
  }

  /** The patches that were logged behind a position; `null` where they cannot be had. */
  async since(position: string): Promise<readonly TimedPatch<Item>[] | null> {
    const patches: TimedPatch<Item>[] = [];
    for (let from = position; ; ) {
      const part = await this.#store.sync(from, []);
      if (part.entries === null) return null;
      patches.push(...this.#decode(part.entries));
      if (!part.hasMore) return patches;
      from = part.position;
    }
  }

  /** Gives up what could not be told. */
  close(): void {
    this.#owed = [];
    this.#isClosed = true;
  }

  async #sync(): Promise<LogState> {
    const owed = this.#owed;
    if (this.#store.isAway) return AWAY;
    this.#owed = [];
    try {
      let part = await this.#read(owed);
      while (part.hasMore) part = await this.#read([]);
      return { isReachable: true, walk: part.walk };
    } catch {
      // They may have been appended all the same: twice is no more than once.
      this.#owed.unshift(...owed);
      return AWAY;
    }
  }

  async #read(owed: readonly TimedPatch<Item>[]): Promise<LogPart> {
    const texts = owed.map((patch) => encodePatch(patch, this.#form));
    const part = await this.#store.sync(this.#position, texts);
    this.#position = part.position;
    if (part.entries === null) this.#listener.lost();
    else for (const patch of this.#decode(part.entries)) this.#listener.take(patch);
    return part;
  }

  #decode(entries: readonly LogEntry[]): TimedPatch<Item>[] {
    const now = performance.now();
    return entries.map(({ text, ageMs }) => decodePatch(text, now - ageMs, this.#form));
  }

  async #retry(): Promise<void> {
    if (this.#isRetrying) return;
    this.#isRetrying = true;
    while (this.#owed.length > 0 && !this.#isClosed) {
      await delay(RETRY_MS, null, { ref: false });
      await this.sync();
    }
    this.#isRetrying = false;
  }
}
