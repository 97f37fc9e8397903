import type { Call } from '../http/call.ts';

/** Numbers the attempts of each call of one operation: a retry sends the very same call again. */
export class CallAttempts {
  readonly #counts = new Map<Call, number>();

  /** @returns 1 for the call's first attempt */
  next(call: Call): number {
    const number = (this.#counts.get(call) ?? 0) + 1;
    this.#counts.set(call, number);
    return number;
  }
}
