import type { QuotaPart } from '../http/pacing/pacing.ts';
import type { QuotaShares } from '../http/pacing/quota-shares.ts';
import type { SharedUse } from './pacing-store.ts';

// As long as nobody has said how many replicas there are.
const ASSUMED_REPLICAS = 4;

/** What one replica may use of the quota while it does not hear of the others. */
export class OwnShare {
  readonly #whole: QuotaShares;
  #replicas = ASSUMED_REPLICAS;
  #lastUse: QuotaShares = { reads: 0, writes: 0 };

  /** @param whole of all replicas together */
  constructor(whole: QuotaShares) {
    this.#whole = whole;
  }

  /** Called with what is heard. @param isSettled whether all replicas are heard of: otherwise there may be more */
  hear({ replicas, occupied }: SharedUse, isSettled: boolean): void {
    this.#replicas = isSettled ? replicas : Math.max(this.#replicas, replicas);
    this.#lastUse = occupied;
  }

  /** An equal share; what all replicas use so is never more than the whole. */
  equal(): QuotaShares {
    return { reads: Math.max(1, this.#shareOf('reads')), writes: this.#shareOf('writes') };
  }

  /**
   * The share while calls from before count that others have made: it may go on with what it has used itself, and with its
   * part of what was left.
   */
  atLoss(ownUse: QuotaShares): QuotaShares {
    const bounded = (part: QuotaPart): number => {
      const left = Math.max(0, this.#whole[part] - this.#lastUse[part]);
      return Math.min(this.#shareOf(part), ownUse[part] + Math.floor(left / this.#replicas));
    };
    return { reads: bounded('reads'), writes: bounded('writes') };
  }

  #shareOf(part: QuotaPart): number {
    return Math.floor(this.#whole[part] / this.#replicas);
  }
}
