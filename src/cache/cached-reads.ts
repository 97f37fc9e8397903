import type { CallScope } from '../http/call.ts';
import type { Failure } from '../http/failure.ts';
import { isOutage, isRefusal } from '../http/outage.ts';
import { succeed } from '../shared/result.ts';
import { CoalescedReads } from './coalesced-reads.ts';
import type { ReadKind } from './read-kind.ts';
import type { ReadMemory } from './read-memory.ts';
import type { ReadOutcome, StartRead } from './read-outcome.ts';
import { StoredReads } from './stored-reads.ts';
import { TimedCache } from './timed-cache.ts';
import type { Epoch } from './write-epoch.ts';

/**
 * Reads of one kind: equal ones in flight are one call; recent ones are answered from memory, or from what another
 * replica has read, and stale copies while the upstream is down, if that is on.
 */
export class CachedReads<Value extends {}> {
  readonly #inFlight = new CoalescedReads<Value>();
  readonly #memory: ReadMemory;
  readonly #kept: TimedCache<Value> | null;
  readonly #stored: StoredReads<Value> | null;

  constructor(memory: ReadMemory, kind: ReadKind<Value>) {
    const { store, ttlMs } = memory;
    this.#memory = memory;
    this.#kept = createCache(memory);
    this.#stored = store && ttlMs > 0 ? new StoredReads(store, ttlMs, kind) : null;
  }

  /** @param start reads from the upstream */
  read(key: string, scope: CallScope, start: StartRead<Value>): Promise<ReadOutcome<Value>> {
    const epoch = this.#memory.epoch.current();
    if (epoch instanceof Promise) return epoch.then((current) => this.#readIn(current, key, scope, start));
    return this.#readIn(epoch, key, scope, start);
  }

  #readIn(epoch: Epoch, key: string, scope: CallScope, start: StartRead<Value>): Promise<ReadOutcome<Value>> {
    if (this.#kept === null) return this.#inFlight.read(key, epoch.name, scope, start);
    const known = this.#kept.find(key, epoch);
    if (known && performance.now() - known.readAt < this.#memory.ttlMs) {
      scope.tally.cached += 1;
      return Promise.resolve(succeed(known.value));
    }
    return this.#inFlight
      .read(key, epoch.name, scope, (shared) => this.#fetch(key, epoch, shared, start))
      .then((result) =>
        result.ok ? result : (this.#findStale(key, epoch, result.failure, scope) ?? result),
      );
  }

  async #fetch(
    key: string,
    epoch: Epoch,
    scope: CallScope,
    start: StartRead<Value>,
  ): Promise<ReadOutcome<Value>> {
    const stored = this.#stored && (await this.#stored.get(key, epoch));
    if (stored) {
      scope.tally.cached += 1;
      this.#kept?.set(key, epoch, stored.value, stored.ageMs);
      return succeed(stored.value);
    }
    const startedAt = performance.now();
    const result = await start(scope);
    if (result.ok) this.#keep(key, epoch, result.value, performance.now() - startedAt);
    else if (isRefusal(result.failure)) this.#kept?.delete(key);
    return result;
  }

  #keep(key: string, epoch: Epoch, value: Value, ageMs: number): void {
    this.#kept?.set(key, epoch, value, ageMs);
    this.#stored?.set(key, epoch, value, ageMs);
  }

  #findStale(key: string, epoch: Epoch, failure: Failure, { tally }: CallScope): ReadOutcome<Value> | null {
    const { staleMs } = this.#memory;
    if (staleMs === 0 || !isOutage(failure)) return null;
    const copy = this.#kept?.find(key, epoch);
    if (!copy) return null;
    const ageMs = Math.ceil(performance.now() - copy.readAt);
    if (ageMs > staleMs) return null;
    tally.stale += 1;
    tally.staleAgeMs = Math.max(tally.staleAgeMs, ageMs);
    return succeed(copy.value);
  }
}

function createCache<Value extends {}>({
  epoch,
  ttlMs,
  staleMs,
  budget,
}: ReadMemory): TimedCache<Value> | null {
  const keptMs = Math.max(ttlMs, staleMs);
  return keptMs === 0 ? null : new TimedCache(epoch, keptMs, budget);
}
