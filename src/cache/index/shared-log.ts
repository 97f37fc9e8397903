import { ClientAbort } from '../../http/client-abort.ts';
import { sleep } from '../../http/sleep.ts';
import type { WalkTimes } from './index-base.ts';
import type { IndexStore, LogEntry, LogPart, LogPlace, StoredWalk } from './index-store.ts';
import type { TimedPatch } from './patch.ts';
import { StoreClock } from './store-clock.ts';
import { decodePatch, encodePatch, type StoredForm } from './stored-patch.ts';

/** Is told what stands in the log. */
export interface LogListener<Item> {
  /** Called for each patch, in the order of all replicas. This replica's own come too. */
  take(patch: TimedPatch<Item>): void;
  /** Called when patches may have been missed. */
  lost(): void;
}

/** How far the log was read, and what was found beside it. */
export interface LogState {
  readonly place: LogPlace;
  /** What the last walk of any replica has brought; `null` where there is none that can be trusted. */
  readonly walk: SharedWalk | null;
}

/** A walk that can be loaded. Times are on the monotonic clock of this process. */
export interface SharedWalk extends Pick<StoredWalk, 'id' | 'position' | 'content'> {
  readonly times: WalkTimes;
  readonly expiresAt: number;
}

const RETRY_MS = 200;
const MAX_OWED = 1_000;
// More writes than a quota of 100 calls a minute lets through while a failover lasts.
const MAX_TOLD = 200;

/** The log of patches that replicas share. What cannot be appended now is appended before anything is read again. */
export class SharedLog<Item> {
  readonly #store: IndexStore;
  readonly #form: StoredForm<Item>;
  readonly #listener: LogListener<Item>;
  #position: string | null = null;
  #owed: TimedPatch<Item>[] = [];
  // What was appended last: a store that falls back to an older copy of itself has lost it.
  #told: TimedPatch<Item>[] = [];
  #isRetrying = false;
  readonly #closing = new ClientAbort();
  #last: Promise<unknown> = Promise.resolve();
  #next: Promise<LogState | null> | null = null;

  constructor(store: IndexStore, form: StoredForm<Item>, listener: LogListener<Item>) {
    this.#store = store;
    this.#form = form;
    this.#listener = listener;
    store.onLoss(() => void this.#retry());
  }

  /** Tells all replicas. Resolves when they are told, or when they cannot be told now. */
  async append(patch: TimedPatch<Item>): Promise<void> {
    this.#owed.push(patch);
    // Too much to remember: whatever it was, all that is kept may be wrong.
    if (this.#owed.length > MAX_OWED) this.#owed = [{ ...patch, patch: { kind: 'unknown', id: null } }];
    if ((await this.sync()) === null) void this.#retry();
  }

  /**
   * Reads what was logged until now; `null` where that cannot be known. Whoever asks while others are read for shares the
   * next reading with all who do.
   */
  sync(): Promise<LogState | null> {
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
      const { part, clock } = await this.#ask(from, []);
      if (part.entries === null) return null;
      patches.push(...this.#decode(part.entries, clock));
      if (!part.hasMore) return patches;
      from = part.place.position;
    }
  }

  /** Gives up what could not be told. */
  close(): void {
    this.#owed = [];
    this.#closing.abort();
  }

  async #sync(): Promise<LogState | null> {
    if (this.#store.isAway) return null;
    try {
      let read = await this.#read();
      while (read.part.hasMore || this.#owed.length > 0) read = await this.#read();
      const { part, clock } = read;
      return { place: part.place, walk: part.walk && toSharedWalk(part.walk, clock) };
    } catch {
      return null;
    }
  }

  async #read() {
    const owed = this.#owed;
    this.#owed = [];
    const read = await this.#ask(this.#position, owed).catch((error: unknown) => {
      // They may have been appended all the same: twice is no more than once.
      this.#owed.unshift(...owed);
      throw error;
    });
    const { entries, place } = read.part;
    this.#position = place.position;
    if (entries === null) this.#lose();
    else for (const patch of this.#decode(entries, read.clock)) this.#listener.take(patch);
    this.#told = [...this.#told, ...owed].slice(-MAX_TOLD);
    return read;
  }

  #lose(): void {
    this.#owed.unshift(...this.#told);
    this.#told = [];
    this.#listener.lost();
  }

  async #ask(position: string | null, patches: readonly TimedPatch<Item>[]) {
    const texts = patches.map((patch) => encodePatch(patch, this.#form));
    const askedAt = performance.now();
    const part: LogPart = await this.#store.sync(position, texts);
    return { part, clock: new StoreClock(part.place.readAt, askedAt, performance.now()) };
  }

  #decode(entries: readonly LogEntry[], clock: StoreClock): TimedPatch<Item>[] {
    return entries.map(({ text, appendedAt }) => decodePatch(text, appendedAt, clock, this.#form));
  }

  // Until the log has what is owed, or what it has lost.
  async #retry(): Promise<void> {
    if (this.#isRetrying) return;
    this.#isRetrying = true;
    while ((await sleep(RETRY_MS, this.#closing)) && (await this.sync()) === null);
    this.#isRetrying = false;
  }
}

function toSharedWalk(
  { id, position, content, beganAt, endedAt, expiresAt }: StoredWalk,
  clock: StoreClock,
): SharedWalk {
  const times = {
    beganAt: clock.soonest(beganAt),
    knownAt: clock.soonest(endedAt),
    endedAt: clock.latest(endedAt),
  };
  return { id, position, content, times, expiresAt: clock.soonest(expiresAt) };
}
