import { ShortLivedMap } from '../shared/short-lived-map.ts';
import { SharedTimer } from './shared-timer.ts';

/** What ends by itself unless its time is over before. */
interface Expiring {
  /** On the monotonic clock. */
  readonly expiresAt: number;
  /** Called when the time is over. */
  expire(): void;
}

/** Ends everything under way in its time. */
export class Expiries {
  readonly #underWay = new ShortLivedMap<number, Expiring>();
  readonly #timer = new SharedTimer((now) => this.#expire(now));
  #count = 0;

  /** @returns by which number it is to be deleted when it has ended */
  add(begun: Expiring): number {
    this.#count += 1;
    this.#underWay.set(this.#count, begun);
    this.#timer.goOffBy(begun.expiresAt);
    return this.#count;
  }

  delete(number: number): void {
    this.#underWay.delete(number);
    if (this.#underWay.size === 0) this.#timer.stop();
  }

  #expire(now: number): void {
    for (const each of this.#underWay.values()) {
      if (each.expiresAt <= now) each.expire();
      else this.#timer.goOffBy(each.expiresAt);
    }
  }
}
