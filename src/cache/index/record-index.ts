import type { CallScope } from '../../http/call.ts';
import { ClientAbort } from '../../http/client-abort.ts';
import type { Result } from '../../shared/result.ts';
import { waitWithin } from '../wait-within.ts';
import type { IndexBase } from './index-base.ts';
import { IndexFlight, type SharedParts } from './index-flight.ts';
import type { IndexEntry, IndexedItem, IndexFailure } from './index-kind.ts';
import type { RecordIndexOptions } from './index-options.ts';
import type { NotedPatch, PatchTarget, TimedPatch } from './patch.ts';
import type { RecordSet } from './record-set.ts';
import { SharedLog } from './shared-log.ts';
import { SharedWalks } from './shared-walks.ts';
import { createWalkScope } from './walk-scope.ts';

type Outcome<Entry extends IndexEntry> = Result<RecordSet<Entry>, IndexFailure>;

/**
 * All records of an upstream list, to be found, sorted and counted. The list is walked once for all who wait, over all
 * replicas, and kept for a time; the gateway's own writes change what is kept without another walk.
 */
export class RecordIndex<Item extends IndexedItem, Entry extends IndexEntry> implements PatchTarget<Item> {
  readonly #options: RecordIndexOptions<Item, Entry>;
  readonly #shared: SharedParts<Item> | null;
  readonly #closing = new ClientAbort();
  #base: IndexBase<Entry> | null = null;
  #flight: IndexFlight<Item, Entry> | null = null;
  #flown: Promise<Outcome<Entry>> | null = null;
  // When nothing of the writes whose outcome is unknown can arrive any more, on the monotonic clock.
  #settlesAt = 0;
  #refreshTimer: NodeJS.Timeout | undefined;

  constructor(options: RecordIndexOptions<Item, Entry>) {
    this.#options = options;
    this.#shared = this.#openShared();
    options.budget.add(this);
  }

  get bytes(): number {
    return this.#base?.records?.bytes ?? 0;
  }

  dropOldest(): void {
    this.#base = null;
  }

  /** The records as they are now. Where there are none it waits for a walk, no longer than the caller can. */
  async read(scope: CallScope): Promise<Outcome<Entry>> {
    await this.#shared?.log.sync();
    const base = this.#base;
    if (base === null || !base.isUsable) {
      if (this.#flown) scope.tally.shared += 1;
      return waitWithin(this.#flown ?? this.#fly(scope), scope);
    }
    scope.tally.cached += 1;
    this.#noteUse(base, scope);
    return base.content;
  }

  async note(noted: NotedPatch<Item>): Promise<void> {
    const now = performance.now();
    const patch = { ...noted, endedAt: now, toldAt: now };
    this.#take(patch);
    await this.#shared?.log.append(patch);
  }

  /** Ends a walk that is under way. */
  close(): void {
    this.#closing.abort();
    clearTimeout(this.#refreshTimer);
    this.#shared?.log.close();
  }

  #openShared(): SharedParts<Item> | null {
    const { shared } = this.#options;
    if (shared === null) return null;
    const { store, form } = shared;
    const take = (patch: TimedPatch<Item>): void => this.#take(patch);
    const lost = (): void => {
      this.#base = null;
      this.#flight?.lose();
    };
    return {
      store,
      log: new SharedLog(store, form, { take, lost }),
      walks: new SharedWalks(store, form),
    };
  }

  #take(patch: TimedPatch<Item>): void {
    const { unsettledMs, budget } = this.#options;
    if (!patch.isSettled) this.#settlesAt = Math.max(this.#settlesAt, patch.endedAt + unsettledMs);
    this.#flight?.note(patch);
    if (this.#base?.take(patch, this.#options) === false) this.#base = null;
    budget.enforce();
  }

  #fly(starter: CallScope): Promise<Outcome<Entry>> {
    const scope = createWalkScope(starter, this.#closing);
    const settlesAt = (): number => this.#settlesAt;
    const start = { scope, previous: this.#base, settlesAt };
    const flight = new IndexFlight(this.#options, this.#shared, start);
    this.#flight = flight;
    this.#flown = this.#land(flight).finally(() => {
      this.#flight = null;
      this.#flown = null;
    });
    return this.#flown;
  }

  async #land(flight: IndexFlight<Item, Entry>): Promise<Outcome<Entry>> {
    const flown = await flight.run();
    if (!flown.ok) return flown;
    const base = flown.value;
    this.#base = flight.complete(base) ? base : null;
    this.#options.budget.enforce();
    return base.content;
  }

  // What is used is walked again before it expires.
  #noteUse(base: IndexBase<Entry>, scope: CallScope): void {
    const { refreshesInMs } = base;
    if (refreshesInMs <= 0) this.#refresh(base, scope);
    else if (!base.isUsed) {
      clearTimeout(this.#refreshTimer);
      this.#refreshTimer = setTimeout(() => this.#refresh(base, scope), refreshesInMs).unref();
    }
    base.isUsed = true;
  }

  // Nobody waits for it, so nobody is told when it fails.
  #refresh(base: IndexBase<Entry>, scope: CallScope): void {
    if (this.#flown || this.#base !== base || !this.#options.hasSpareCapacity()) return;
    const postpone = (): void => base.postponeRefresh();
    void this.#fly(scope).then(({ ok }) => ok || postpone(), postpone);
  }
}
