import { randomUUID } from 'node:crypto';
import type { IndexStore } from './index-store.ts';

const RENEW_MS = 2_000;

/** The right to walk for all replicas, kept until it is given back or this process ends. */
export class WalkLead {
  readonly holder = randomUUID();
  readonly #store: IndexStore;
  readonly #timer: NodeJS.Timeout;

  private constructor(store: IndexStore) {
    this.#store = store;
    const renew = (): void => void store.lead(this.holder).catch(() => {});
    this.#timer = setInterval(renew, RENEW_MS).unref();
  }

  /** `null` while another replica has it. Rejects when the store does not answer. */
  static async take(store: IndexStore): Promise<WalkLead | null> {
    const lead = new WalkLead(store);
    let isTaken = false;
    try {
      isTaken = await store.lead(lead.holder);
      return isTaken ? lead : null;
    } finally {
      if (!isTaken) clearInterval(lead.#timer);
    }
  }

  /** Never rejects: what is not given back ends by itself. */
  async giveBack(): Promise<void> {
    clearInterval(this.#timer);
    await this.#store.endLead(this.holder).catch(() => {});
  }
}
