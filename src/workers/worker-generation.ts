import { setTimeout } from 'node:timers/promises';
import type { Generation } from '../scenario/generation.ts';
import type { Logger } from '../shared/logger.ts';
import { LEASE_MS } from './lease.ts';
import type { Line } from './line.ts';
import { ADVANCE, RENEW, WRITTEN } from './topics.ts';

const RENEWAL_MS = LEASE_MS / 4;
// The primary waits for other workers until their leases end at the latest.
const ADVANCE_TIMEOUT_MS = LEASE_MS + 1_000;

/**
 * Counts the writes of all workers together. To ask costs nothing: the primary tells each worker of a write before that
 * is answered, and a worker that it can't reach has no lease any more and answers nothing from memory.
 */
export class WorkerGeneration implements Generation {
  readonly #line: Line;
  readonly #logger: () => Logger | null;
  #count = 0;
  // Makes what is kept here old at once, also when nobody else can be told.
  #own = 0;
  #leaseEndsAt = 0;
  #adrift = 0;

  /** @param logger gives where to say that others could not be told; there is none yet while a worker starts */
  constructor(line: Line, logger: () => Logger | null) {
    this.#line = line;
    this.#logger = logger;
    line.serve(WRITTEN, (count) => {
      this.#count = Math.max(this.#count, count);
      return null;
    });
  }

  /** Begins to hold the lease; resolves when it has it. */
  async start(): Promise<void> {
    await this.#renew();
    void this.#keepRenewing();
  }

  // Without a lease each read has a generation of its own: nothing that is kept is ever of it.
  current(): string {
    if (performance.now() < this.#leaseEndsAt) return `${this.#count}.${this.#own}`;
    this.#adrift += 1;
    return `adrift ${this.#adrift}`;
  }

  async advance(): Promise<void> {
    this.#own += 1;
    try {
      const count = await this.#line.ask(ADVANCE, null, ADVANCE_TIMEOUT_MS);
      this.#count = Math.max(this.#count, count);
    } catch (err) {
      this.#logger()?.warn({ err }, 'other workers could not be told of a write');
    }
  }

  async #keepRenewing(): Promise<void> {
    for (;;) {
      await setTimeout(RENEWAL_MS, undefined, { ref: false });
      // A worker without a lease only knows less by heart.
      await this.#renew().catch(() => {});
    }
  }

  // The lease counts from before the primary knows of it, so it ends here before it ends there.
  async #renew(): Promise<void> {
    const askedAt = performance.now();
    const count = await this.#line.ask(RENEW, null);
    this.#count = Math.max(this.#count, count);
    this.#leaseEndsAt = askedAt + LEASE_MS;
  }
}
