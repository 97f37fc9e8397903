import { type ApiRequest, apiPath, type Endpoint, endpointOf } from './endpoints.ts';

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
  countCall(request: ApiRequest): void {
    const key = endpointOf(request) ?? 'other';
    this.#calls.set(key, (this.#calls.get(key) ?? 0) + 1);
  }

  /** Notes a write that took effect; the oldest ones are dropped beyond 10 000. @param ids as in `AppliedWrite` */
  recordWrite(request: ApiRequest, ids: readonly string[]): void {
    this.#writes.push({ method: request.method, path: apiPath(request), ids });
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
