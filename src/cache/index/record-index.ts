import type { CallScope } from '../../http/call.ts';
import { ClientAbort } from '../../http/client-abort.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { MemoryBudget } from '../memory-budget.ts';
import { waitWithin } from '../wait-within.ts';
import { IndexBase } from './index-base.ts';
import type { IndexEntry, IndexedItem, IndexFailure, TooLarge, WalkList } from './index-kind.ts';
import { IndexWalk } from './index-walk.ts';
import { applyPatch, idOf, mayMoveRows, type NotedPatch, type Patch, type PatchTarget } from './patch.ts';
import type { RecordSet } from './record-set.ts';
import { createWalkScope } from './walk-scope.ts';

/** What an index is made of. Times are in milliseconds. */
export interface RecordIndexOptions<Item extends IndexedItem, Entry extends IndexEntry> {
  /** Reads the list from the upstream, unless it is larger than what is indexed. */
  readonly walk: WalkList<Item>;
  readonly toEntry: (item: Item) => Entry;
  /** How old the index may be. */
  readonly ttlMs: number;
  /** How long after its end a write whose outcome is unknown may still arrive upstream. */
  readonly unsettledMs: number;
  /** Bounds the memory of all indexes together. */
  readonly budget: MemoryBudget;
  /** Whether the upstream has room for calls that nobody waits for: the one place where a refresh gives way to others. */
  readonly hasSpareCapacity: () => boolean;
}

type Outcome<Entry extends IndexEntry> = Result<RecordSet<Entry>, IndexFailure>;

/**
 * All records of an upstream list, to be found, sorted and counted. The list is walked once for all who wait and kept for a
 * time; the gateway's own writes change what is kept without another walk.
 */
export class RecordIndex<Item extends IndexedItem, Entry extends IndexEntry> implements PatchTarget<Item> {
  readonly #options: RecordIndexOptions<Item, Entry>;
  readonly #closing = new ClientAbort();
  #base: IndexBase<Entry> | null = null;
  #walk: IndexWalk<Item, Entry> | null = null;
  #flight: Promise<Outcome<Entry>> | null = null;
  // When nothing of the writes whose outcome is unknown can arrive any more, on the monotonic clock.
  #settlesAt = 0;
  #refreshTimer: NodeJS.Timeout | undefined;

  constructor(options: RecordIndexOptions<Item, Entry>) {
    this.#options = options;
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
    const base = this.#base;
    if (base === null || !base.isUsable) {
      if (this.#flight) scope.tally.shared += 1;
      return waitWithin(this.#flight ?? this.#fly(scope), scope);
    }
    scope.tally.cached += 1;
    this.#noteUse(base, scope);
    return base.content;
  }

  note({ patch, isSettled, tookMs }: NotedPatch<Item>): void {
    const now = performance.now();
    this.#walk?.note(patch);
    if (!isSettled) this.#settlesAt = now + this.#options.unsettledMs;
    const base = this.#base;
    if (base === null) return;
    if (!isSettled) base.expireBy(this.#settlesAt);
    // A walk that did not know of this write may have missed a row over it.
    const wasDuringWalk = mayMoveRows(patch) && now - tookMs < base.endedAt;
    if (wasDuringWalk) this.#base = null;
    else this.#apply(patch, base);
  }

  #apply(patch: Patch<Item>, base: IndexBase<Entry>): void {
    const id = idOf(patch);
    if (id === null) this.#base = null;
    else if (patch.kind === 'unknown') base.doubt(id);
    else {
      base.settle(id);
      if (base.records) applyPatch(base.records, patch, this.#options.toEntry);
      this.#options.budget.enforce();
    }
  }

  /** Ends a walk that is under way. */
  close(): void {
    this.#closing.abort();
    clearTimeout(this.#refreshTimer);
  }

  #fly(starter: CallScope): Promise<Outcome<Entry>> {
    const flight = this.#walkAll(createWalkScope(starter, this.#closing)).finally(() => {
      this.#walk = null;
      this.#flight = null;
    });
    this.#flight = flight;
    return flight;
  }

  async #walkAll(scope: CallScope): Promise<Outcome<Entry>> {
    const { walk, toEntry, budget } = this.#options;
    const beganAt = performance.now();
    this.#walk = new IndexWalk(walk, toEntry);
    const outcome = bounded(await this.#walk.run(scope, this.#base?.records ?? null), budget.maxBytes);
    if (outcome.ok) this.#keep(outcome, beganAt);
    else if (outcome.failure.kind === 'too-large') this.#keep(fail(outcome.failure), beganAt);
    return outcome;
  }

  #keep(content: Result<RecordSet<Entry>, TooLarge>, beganAt: number): void {
    const base = new IndexBase(content, { beganAt, endedAt: performance.now() }, this.#options.ttlMs);
    if (beganAt < this.#settlesAt) base.expireBy(this.#settlesAt);
    this.#base = base;
    this.#options.budget.enforce();
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
    if (this.#flight || this.#base !== base || !this.#options.hasSpareCapacity()) return;
    const postpone = (): void => base.postponeRefresh();
    void this.#fly(scope).then(({ ok }) => ok || postpone(), postpone);
  }
}

function bounded<Entry extends IndexEntry>(outcome: Outcome<Entry>, maxBytes: number): Outcome<Entry> {
  if (!outcome.ok || outcome.value.bytes <= maxBytes) return outcome;
  return fail({ kind: 'too-large', limit: maxBytes, unit: 'bytes' });
}
