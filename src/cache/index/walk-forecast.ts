import type { CallScope } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import { fail, type Result } from '../../shared/result.ts';
import { waitWithin } from '../wait-within.ts';
import type { IndexFailure } from './index-kind.ts';

// How long after the time that they were told those are expected who come back.
const COMING_BACK_MS = 10_000;

/** When a walk that has to wait for the quota of the upstream will be over, as far as that is known. */
export class WalkForecast {
  // On the monotonic clock: not before, and not after.
  #soonestAt = Number.NEGATIVE_INFINITY;
  #latestAt = Number.NEGATIVE_INFINITY;
  #keptUntil = Number.NEGATIVE_INFINITY;
  readonly #undecided = new Set<() => boolean>();

  /** In how many milliseconds it will be over at the latest; `null` where nobody knows: it did not wait, or takes longer than was thought. */
  get endsInMs(): number | null {
    const endsInMs = Math.ceil(this.#latestAt - performance.now());
    return endsInMs > 0 ? endsInMs : null;
  }

  /** Until when what the walk brings is to be kept, so that those find it who were told when to come back. */
  get keptUntil(): number {
    return this.#keptUntil;
  }

  /** Called when the walk has to wait, with how long it will take at least and at most, in milliseconds. */
  expect(atLeastMs: number, atMostMs: number): void {
    const now = performance.now();
    this.#soonestAt = now + atLeastMs;
    this.#latestAt = now + Math.max(atLeastMs, atMostMs);
    this.#keptUntil = Math.max(this.#keptUntil, this.#latestAt + COMING_BACK_MS);
    for (const decide of this.#undecided) if (decide()) this.#undecided.delete(decide);
  }

  /**
   * Waits for the walk as long as the caller can. `paced` with when to come back where the quota lets it take longer: at once
   * where that is sure.
   */
  async wait<Value>(
    walk: Promise<Result<Value, IndexFailure>>,
    scope: CallScope,
  ): Promise<Result<Value, IndexFailure>> {
    const outcome = await waitWithin(Promise.race([walk, this.#tooLateFor(scope)]), scope);
    const hasTimedOut = !outcome.ok && outcome.failure.kind === 'timed-out';
    return hasTimedOut && this.endsInMs !== null
      ? fail({ kind: 'paced', retryAfterMs: this.endsInMs })
      : outcome;
  }

  // Resolves when it is sure that it takes longer than the caller can wait.
  #tooLateFor({ deadline }: CallScope): Promise<Result<never, Failure>> {
    return new Promise((resolve) => {
      const decide = (): boolean => {
        const isTooLate = this.#soonestAt - performance.now() > deadline.remainingMs;
        if (isTooLate) resolve(fail({ kind: 'paced', retryAfterMs: this.endsInMs ?? 0 }));
        return isTooLate;
      };
      if (!decide()) this.#undecided.add(decide);
    });
  }
}
