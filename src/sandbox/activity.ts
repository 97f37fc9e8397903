import type { Endpoint } from './endpoints.ts';

/** One write that the store holds, whether or not its answer arrived. */
export interface AppliedWrite {
  method: string;
  /** Below `/v1`. */
  path: string;
  /** The collection that was made, changed or deleted, or the members of a membership call. */
  ids: readonly string[];
}

const LEDGER_LIMIT = 10_000;

/** Remembers what was asked and what was done, so that a test can tell the two apart. */
export class Activity {
  readonly #calls = new Map<Endpoint | 'other', number>();
  readonly #writes: AppliedWrite[] = [];

  /** Counts a request, refused and failed ones included. */
  countCall(endpoint: Endpoint | undefined): void {
    const key = endpoint ?? 'other';
    this.#calls.set(key, (this.#calls.get(key) ?? 0) + 1);
  }

  /** Notes a write that took effect; the oldest ones are dropped beyond 10 000. */
  recordWrite(write: AppliedWrite): void {
    this.#writes.push(write);
    if (this.#writes.length > LEDGER_LIMIT) this.#writes.shift();
  }

  get calls(): Record<string, number> {
    return Object.fromEntries(this.#calls);
  }

  get writes(): readonly AppliedWrite[] {
    return this.#writes;
  }

  clearCalls(): void {
    this.#calls.clear();
  }

  clearWrites(): void {
    this.#writes.length = 0;
  }
}
