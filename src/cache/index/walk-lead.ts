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

  /** `taken` while another replica has it, `away` when the store does not answer. */
  static async take(store: IndexStore): Promise<WalkLead | 'taken' | 'away'> {
    const lead = new WalkLead(store);
    const answer = await store.lead(lead.holder).catch(() => 'away' as const);
    if (answer === true) return lead;
    clearInterval(lead.#timer);
    return answer || 'taken';
  }

  /** Never rejects: what is not given back ends by itself. */
  async giveBack(): Promise<void> {
    clearInterval(this.#timer);
    await this.#store.endLead(this.holder).catch(() => {});
  }
}
