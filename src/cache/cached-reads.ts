import type { CallScope } from '../http/call.ts';
import type { Failure } from '../http/failure.ts';
import { isRefusal } from '../http/outage.ts';
import { succeed } from '../shared/result.ts';
import { CoalescedReads } from './coalesced-reads.ts';
import type { ReadKind } from './read-kind.ts';
import type { Claim, ReadMemory } from './read-memory.ts';
import type { ReadOutcome, StartRead } from './read-outcome.ts';
import { type Copy, countStale, isFresh, mayStandIn } from './stale-copy.ts';
import { StoredReads } from './stored-reads.ts';
import { type KeptWatcher, TimedCache } from './timed-cache.ts';
import type { Epoch } from './write-epoch.ts';

/** Another place that may hold the value of a read. */
export interface Elsewhere<Value> {
  find(epoch: Epoch): Copy<Value> | null;
  /** Called when the upstream refused the read. */
  forget(): void;
}

/**
 * Reads of one kind: equal ones in flight are one call; recent ones are answered from memory, or from what another
 * replica has read, and stale copies while the upstream is down, if that is on.
 */
export class CachedReads<Value extends {}> {
  readonly #inFlight: CoalescedReads<Value>;
  readonly #memory: ReadMemory;
  readonly #kept: TimedCache<Value> | null;
  readonly #stored: StoredReads<Value> | null;

  /** @param watcher is told of what is kept in memory */
  constructor(memory: ReadMemory, kind: ReadKind<Value>, watcher: KeptWatcher<Value> | null = null) {
    const { store, ttlMs } = memory;
    this.#memory = memory;
    this.#inFlight = new CoalescedReads(memory.inFlightKeys);
    this.#kept = createCache(memory, watcher);
    this.#stored = store && ttlMs > 0 ? new StoredReads(store, ttlMs, kind) : null;
  }

  /** @param start reads from the upstream */
  read(
    key: string,
    scope: CallScope,
    start: StartRead<Value>,
    elsewhere: Elsewhere<Value> | null = null,
  ): Promise<ReadOutcome<Value>> {
    const epoch = this.#memory.epoch.current();
    const readIn = (current: Epoch): Promise<ReadOutcome<Value>> =>
      this.#kept === null
        ? this.#inFlight.read(key, current.name, scope, start)
        : this.#readIn(current, key, scope, start, elsewhere);
    return epoch instanceof Promise ? epoch.then(readIn) : readIn(epoch);
  }

  #readIn(
    epoch: Epoch,
    key: string,
    scope: CallScope,
    start: StartRead<Value>,
    elsewhere: Elsewhere<Value> | null,
  ): Promise<ReadOutcome<Value>> {
    const known = this.#find(key, epoch, elsewhere);
    if (known && isFresh(known, this.#memory)) {
      scope.tally.cached += 1;
      return Promise.resolve(succeed(known.value));
    }
    return this.#inFlight
      .read(key, epoch.name, scope, (shared) => this.#fetch(key, epoch, shared, start))
      .then((result) => {
        if (result.ok) return result;
        if (isRefusal(result.failure)) elsewhere?.forget();
        return this.#insteadOf(result.failure, this.#find(key, epoch, elsewhere), scope) ?? result;
      });
  }

  async #fetch(
    key: string,
    epoch: Epoch,
    scope: CallScope,
    start: StartRead<Value>,
  ): Promise<ReadOutcome<Value>> {
    const shared = this.#stored && (await this.#stored.find(key, epoch, scope));
    if (shared?.kind === 'stored') {
      scope.tally.cached += 1;
      this.#kept?.set(key, epoch, shared.value, shared.ageMs);
      return succeed(shared.value);
    }
    const claim = shared?.claim ?? null;
    const startedAt = performance.now();
    const result = await start(scope);
    if (result.ok) this.#keep(key, epoch, result.value, performance.now() - startedAt, claim);
    else this.#drop(key, result.failure, claim);
    return result;
  }

  #keep(key: string, epoch: Epoch, value: Value, ageMs: number, claim: Claim | null): void {
    this.#kept?.set(key, epoch, value, ageMs);
    this.#stored?.set(key, epoch, value, ageMs, claim);
  }

  #drop(key: string, failure: Failure, claim: Claim | null): void {
    if (isRefusal(failure)) this.#kept?.delete(key);
    this.#stored?.release(claim);
  }

  #find(key: string, epoch: Epoch, elsewhere: Elsewhere<Value> | null): Copy<Value> | null {
    const own = this.#kept?.find(key, epoch) ?? null;
    const other = elsewhere?.find(epoch) ?? null;
    if (!own || !other) return own ?? other;
    return other.readAt > own.readAt ? other : own;
  }

  #insteadOf(failure: Failure, copy: Copy<Value> | null, { tally }: CallScope): ReadOutcome<Value> | null {
    if (!copy || !mayStandIn(copy, failure, this.#memory)) return null;
    countStale(copy, tally);
    return succeed(copy.value);
  }
}

function createCache<Value extends {}>(
  { epoch, ttlMs, staleMs, budget }: ReadMemory,
  watcher: KeptWatcher<Value> | null,
): TimedCache<Value> | null {
  const keptMs = Math.max(ttlMs, staleMs);
  return keptMs === 0 ? null : new TimedCache(epoch, keptMs, budget, watcher);
}
