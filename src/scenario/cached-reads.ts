import type { CallScope } from '../http/call.ts';
import type { Failure } from '../http/failure.ts';
import { SharedReads } from '../http/shared-reads.ts';
import { type Result, succeed } from '../shared/result.ts';
import type { TimedCache } from './timed-cache.ts';

/** Reads of one kind: equal ones in flight are one call, and recent ones are answered from memory if that is on. */
export class CachedReads<Value extends {}> {
  readonly #shared = new SharedReads<Value>();
  readonly #cache: TimedCache<Value> | null;

  constructor(cache: TimedCache<Value> | null) {
    this.#cache = cache;
  }

  /** @param start reads from the upstream */
  async read(
    key: string,
    scope: CallScope,
    start: (scope: CallScope) => Promise<Result<Value, Failure>>,
  ): Promise<Result<Value, Failure>> {
    const cache = this.#cache;
    const generation = cache ? await cache.generation() : null;
    if (cache === null || generation === null) return this.#shared.read(key, scope, start);
    const known = cache.get(key, generation);
    if (known !== null) {
      scope.tally.cached += 1;
      return succeed(known);
    }
    // A read of an older generation is never joined, wherever the write was made that ended it.
    const startedAt = performance.now();
    const result = await this.#shared.read(`${generation} ${key}`, scope, start);
    if (result.ok) cache.set(key, generation, result.value, performance.now() - startedAt);
    return result;
  }

  /** Keeps every later read from joining one that is under way: called when a write has ended. */
  detach(): void {
    this.#shared.detach();
  }
}
