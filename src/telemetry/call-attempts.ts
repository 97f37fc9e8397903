import type { Call } from '../http/call.ts';

/** Numbers the attempts of each call of one operation: a retry sends the very same call again. */
export class CallAttempts {
  // Most operations make one call.
  #first: Call | null = null;
  #attemptsOfFirst = 0;
  #others: Map<Call, number> | null = null;

  /** @returns 1 for the call's first attempt */
  next(call: Call): number {
    this.#first ??= call;
    if (call === this.#first) {
      this.#attemptsOfFirst += 1;
      return this.#attemptsOfFirst;
    }
    this.#others ??= new Map();
    const number = (this.#others.get(call) ?? 0) + 1;
    this.#others.set(call, number);
    return number;
  }
}
