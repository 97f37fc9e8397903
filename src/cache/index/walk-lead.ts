import { randomUUID } from 'node:crypto';
import type { IndexStore, LeadAnswer } from './index-store.ts';
import type { WalkForecast } from './walk-forecast.ts';

const RENEW_MS = 2_000;

/** The right to walk for all replicas, kept until it is given back or this process ends. */
export class WalkLead {
  readonly holder = randomUUID();
  readonly #store: IndexStore;
  readonly #forecast: WalkForecast;
  readonly #timer: NodeJS.Timeout;

  private constructor(store: IndexStore, forecast: WalkForecast) {
    this.#store = store;
    this.#forecast = forecast;
    this.#timer = setInterval(() => void this.#ask().catch(() => {}), RENEW_MS).unref();
  }

  /**
   * `taken` while another replica has it, `away` when the store does not answer.
   * @param forecast of the own walk, or else told what the other one expects
   */
  static async take(store: IndexStore, forecast: WalkForecast): Promise<WalkLead | 'taken' | 'away'> {
    const lead = new WalkLead(store, forecast);
    const answer = await lead.#ask().catch(() => null);
    if (answer?.isHeld) return lead;
    clearInterval(lead.#timer);
    if (answer === null) return 'away';
    if (answer.endsInMs !== null) forecast.expect(0, answer.endsInMs);
    return 'taken';
  }

  /** Never rejects: what is not given back ends by itself. */
  async giveBack(): Promise<void> {
    clearInterval(this.#timer);
    await this.#store.endLead(this.holder).catch(() => {});
  }

  #ask(): Promise<LeadAnswer> {
    return this.#store.lead(this.holder, this.#forecast.endsInMs);
  }
}
