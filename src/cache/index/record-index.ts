import type { CallScope } from '../../http/call.ts';
import { ClientAbort } from '../../http/client-abort.ts';
import type { Result } from '../../shared/result.ts';
import type { IndexBase } from './index-base.ts';
import { IndexBuild, type SharedParts } from './index-build.ts';
import type { IndexEntry, IndexedItem, IndexFailure } from './index-kind.ts';
import type { RecordIndexOptions } from './index-options.ts';
import type { NotedPatch, PatchTarget, TimedPatch } from './patch.ts';
import type { RecordSet } from './record-set.ts';
import { SharedLog } from './shared-log.ts';
import { SharedWalks } from './shared-walks.ts';
import { WalkForecast } from './walk-forecast.ts';
import { createWalkScope } from './walk-scope.ts';

type Outcome<Entry extends IndexEntry> = Result<RecordSet<Entry>, IndexFailure>;

/** A build that is under way, and what comes of it. */
interface RunningBuild<Item extends IndexedItem, Entry extends IndexEntry> {
  readonly build: IndexBuild<Item, Entry>;
  readonly forecast: WalkForecast;
  readonly outcome: Promise<Outcome<Entry>>;
}

// Beside what the quota takes, twice over: others may call too.
const WALK_BUDGET_MS = 120_000;

/**
 * All records of an upstream list, to be found, sorted and counted. The list is walked once for all who wait, over all
 * replicas, and kept for a time; the gateway's own writes change what is kept without another walk.
 */
export class RecordIndex<Item extends IndexedItem, Entry extends IndexEntry> implements PatchTarget<Item> {
  readonly #options: RecordIndexOptions<Item, Entry>;
  readonly #shared: SharedParts<Item> | null;
  readonly #closing = new ClientAbort();
  // Also one that is of no use any more: it tells what another walk must not miss.
  #base: IndexBase<Entry> | null = null;
  #running: RunningBuild<Item, Entry> | null = null;
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

  /** Whether whoever looks for this record is shown it now. */
  has(id: string): boolean {
    return Boolean(this.#base?.records?.get(id));
  }

  dropOldest(): void {
    this.#base = null;
  }

  /**
   * The records as they are now. Where there are none it waits for a walk, no longer than the caller can; `paced` where the
   * quota of the upstream lets it take longer.
   */
  async read(scope: CallScope): Promise<Outcome<Entry>> {
    await this.#shared?.log.sync();
    const base = this.#base;
    if (base === null || !base.isUsable) {
      if (this.#running) scope.tally.shared += 1;
      this.#running?.build.expedite(scope);
      const { outcome, forecast } = this.#running ?? this.#rebuild(scope);
      return forecast.wait(outcome, scope);
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
      this.#base?.drop();
      this.#running?.build.lose();
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
    this.#running?.build.note(patch);
    if (this.#base?.take(patch, this.#options) === false) this.#base.drop();
    budget.enforce();
  }

  #rebuild(starter: CallScope): RunningBuild<Item, Entry> {
    const { quotaMs } = this.#options;
    const records = this.#base?.records?.size ?? null;
    const forecast = new WalkForecast();
    const scope = createWalkScope(starter, this.#closing, {
      budgetMs: WALK_BUDGET_MS + 2 * quotaMs(null, 0),
      paced: (waitMs, calls) => forecast.expect(waitMs, quotaMs(records, calls - 1)),
    });
    const settlesAt = (): number => this.#settlesAt;
    const start = { scope, forecast, previous: this.#base, settlesAt };
    const build = new IndexBuild(this.#options, this.#shared, start);
    const outcome = this.#finish(build).finally(() => {
      this.#running = null;
    });
    this.#running = { build, forecast, outcome };
    return this.#running;
  }

  async #finish(build: IndexBuild<Item, Entry>): Promise<Outcome<Entry>> {
    const built = await build.run();
    if (!built.ok) return built;
    const base = built.value;
    if (!build.complete(base)) base.drop();
    this.#base = base;
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

  // Nobody waits for it, so nobody is told when it fails. A list that is too large is of no use to anybody.
  #refresh(base: IndexBase<Entry>, scope: CallScope): void {
    const { records } = base;
    if (this.#base !== base || !base.isUsable || records === null || this.#running) return;
    if (!this.#options.hasSpareCapacity(records.size)) return;
    const postpone = (): void => base.postponeRefresh();
    const { outcome } = this.#rebuild({ ...scope, priority: 'background' });
    void outcome.then(({ ok }) => ok || postpone(), postpone);
  }
}
