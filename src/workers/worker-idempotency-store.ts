import type { IdempotencyRecord, IdempotencyStore } from '../scenario/idempotency-store.ts';
import type { Line } from './line.ts';
import { CLAIM, RELEASE, SETTLE, WITHDRAW } from './topics.ts';

/** Keeps the records of keyed creates in the primary, for all workers together. */
export class WorkerIdempotencyStore implements IdempotencyStore {
  readonly #line: Line;

  constructor(line: Line) {
    this.#line = line;
  }

  async claim(key: string, record: IdempotencyRecord): Promise<IdempotencyRecord | null> {
    try {
      return await this.#line.ask(CLAIM, { key, record });
    } catch (error) {
      // It may have been stored all the same; nothing will be created for it.
      this.#line.ask(WITHDRAW, { key, record }).catch(() => {});
      throw error;
    }
  }

  async settle(key: string, record: IdempotencyRecord): Promise<void> {
    await this.#line.ask(SETTLE, { key, record });
  }

  async release(key: string): Promise<void> {
    await this.#line.ask(RELEASE, { key });
  }
}
