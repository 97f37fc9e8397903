import type { MemoryBudget } from '../../cache/memory-budget.ts';
import { TimedCache } from '../../cache/timed-cache.ts';
import type { WriteEpoch } from '../../cache/write-epoch.ts';
import type { Answer } from '../edge/answer.ts';
import type { Operation } from '../request/operation.ts';

/** An answer that can be given again. */
interface KeptAnswer {
  readonly answer: Answer;
  readonly name: string | null;
  readonly hash: string | null;
}

/** Keeps whole answers to queries, so that an equal request is answered before anything of it is parsed. */
export class AnswerCache {
  readonly #cache: TimedCache<KeptAnswer>;
  readonly #edition: () => number;

  /**
   * @param ttlMs how old an answer may be
   * @param budget bounds it together with other caches
   * @param edition gives another number whenever an equal request may mean something else, or nothing any more
   */
  constructor(epoch: WriteEpoch, ttlMs: number, budget: MemoryBudget, edition: () => number) {
    this.#edition = edition;
    this.#cache = new TimedCache(epoch, ttlMs, budget);
  }

  /** Gives the kept answer to this body for a caller who may read; makes one and keeps it, if it may be, otherwise. */
  async answer(body: string, operation: Operation, make: () => Promise<Answer>): Promise<Answer> {
    const mayHave = operation.caller.scopes.has('collections:read') && !operation.showsCost;
    const epoch = mayHave ? await this.#cache.epoch() : null;
    if (epoch === null) return make();
    const key = `${this.#edition()} ${operation.mediaType.name} ${body}`;
    const kept = this.#cache.get(key, epoch);
    if (kept) {
      operation.name = kept.name;
      operation.hash = kept.hash;
      operation.type = 'query';
      operation.scope.tally.cached += 1;
      return kept.answer;
    }
    const startedAt = performance.now();
    const answer = await make();
    if (isLasting(operation, answer)) {
      const { name, hash } = operation;
      this.#cache.set(key, epoch, { answer, name, hash }, performance.now() - startedAt);
    }
    return answer;
  }
}

// What came from memory itself, or from a read that somebody else began, is older than this request.
function isLasting({ type, isPersonal, scope: { tally } }: Operation, { errorCodes }: Answer): boolean {
  if (type !== 'query' || errorCodes.length > 0 || isPersonal) return false;
  return tally.cached === 0 && tally.shared === 0 && tally.stale === 0;
}
