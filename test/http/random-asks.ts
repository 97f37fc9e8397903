import type { PacedCall } from '../../src/http/pacing/pacing.ts';
import { pick, type Random } from '../faults/random.ts';
import { type PacedSide, passTo } from './paced-sides.ts';

/** What happens at a moment. */
interface Event {
  readonly at: number;
  happen(): Promise<void>;
}

const CALLERS = ['a', 'b', 'c'];
const KEYS = ['list', 'page', 'search'];
const PRIORITIES = ['read', 'read', 'read', 'write', 'background'] as const;
const PATIENCES_MS = [0, 500, 5_000, 30_000];
const LONGEST_CALL_MS = 3_000;
const MEAN_PAUSE_MS = 5_000;

/** Calls at random, each through several that pace at the same moments; those that wait or are told to come back do so. */
export class RandomAsks {
  /** What each ask got from each of them. */
  readonly got: (readonly string[])[] = [];
  readonly #random: Random;
  readonly #sides: readonly PacedSide[];
  readonly #events: Event[] = [];
  #calls = 0;

  constructor(random: Random, sides: readonly PacedSide[]) {
    this.#random = random;
    this.#sides = sides;
  }

  async run(asks: number): Promise<void> {
    this.#plan(0, () => this.#askAnew());
    while (this.got.length < asks) {
      this.#events.sort((one, other) => one.at - other.at);
      const next = this.#events.shift();
      if (!next) throw new Error('nothing is left to happen');
      passTo(next.at);
      await next.happen();
    }
  }

  #plan(inMs: number, happen: Event['happen']): void {
    this.#events.push({ at: Math.round(performance.now() + inMs), happen });
  }

  async #askAnew(): Promise<void> {
    this.#plan(this.#random() * 2 * MEAN_PAUSE_MS, () => this.#askAnew());
    if (this.#random() < 0.02) await this.#each((side) => side.throttled(5_000));
    await this.#ask(pick(this.#random, CALLERS), pick(this.#random, KEYS));
  }

  #ask(caller: string, key: string): Promise<void> {
    this.#calls += 1;
    const priority = pick(this.#random, PRIORITIES);
    const patienceMs = pick(this.#random, PATIENCES_MS);
    return this.#enter({
      id: `call-${this.#calls}`,
      caller,
      key,
      priority,
      patienceMs,
      maxDurationMs: 60_000,
    });
  }

  async #enter(call: PacedCall): Promise<void> {
    const got = await this.#each((side) => side.enter(call));
    this.got.push(got);
    const [outcome, ms] = (got[0] ?? '').split(' ');
    const waitMs = Number(ms);
    if (outcome === 'starts') this.#end(call);
    else if (outcome === 'waits') this.#wait(call, waitMs);
    else if (this.#random() < 0.7) {
      const key = this.#random() < 0.5 ? call.key : pick(this.#random, KEYS);
      this.#plan(waitMs + this.#random() * 2_500, () => this.#ask(call.caller, key));
    }
  }

  #end({ id }: PacedCall): void {
    const wasSent = this.#random() < 0.9;
    this.#plan(this.#random() * LONGEST_CALL_MS, async () => {
      await this.#each((side) => side.end(id, wasSent));
    });
  }

  #wait(call: PacedCall, waitMs: number): void {
    if (this.#random() < 0.1)
      this.#plan(waitMs / 2, async () => {
        await this.#each((side) => side.cancel(call));
      });
    else this.#plan(waitMs, () => this.#enter({ ...call, patienceMs: call.patienceMs - waitMs }));
  }

  #each<Outcome>(act: (side: PacedSide) => Promise<Outcome>): Promise<Outcome[]> {
    return Promise.all(this.#sides.map(act));
  }
}
