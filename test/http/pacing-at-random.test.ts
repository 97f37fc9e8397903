import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LocalPacing } from '../../src/http/pacing/local-pacing.ts';
import { shareQuota } from '../../src/http/pacing/quota-shares.ts';
import { createRandom, type Random } from '../faults/random.ts';
import { mostInWindow } from '../support/most-in-window.ts';
import { ANSWERED } from './open-calls.ts';
import { PacedUpstream, passes } from './paced-upstream.ts';

const WINDOW_MS = 60_000;
const QUOTA = 20;
const STEP_MS = 250;
const MINUTES = 10;
const LONGEST_CALL_MS = 500;

beforeEach(() => vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

/** Users who ask for twenty times as much as there is; some of those who are refused come back when they were told to. */
class RandomUsers {
  readonly upstream: PacedUpstream;
  /** When calls reached the upstream: at some moment between their start and their end. */
  readonly arrivals: { readonly at: number; readonly isRead: boolean }[] = [];
  readonly refusedAgain: string[] = [];
  #returns: { readonly caller: string; readonly at: number }[] = [];
  #answered = 0;
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
    // Whom no slot is kept for is told a later time than all the others.
    this.upstream = new PacedUpstream(new LocalPacing(shareQuota(QUOTA), WINDOW_MS, () => 1));
  }

  async step(name: number): Promise<void> {
    const due = this.#returns.filter(({ at }) => at <= performance.now());
    this.#returns = this.#returns.filter(({ at }) => at > performance.now());
    for (const { caller } of due) this.#comeBack(caller);
    if (this.#random() < 0.5) await this.#read(`/${name}`);
    if (this.#random() < 0.02) void this.upstream.ask(`/write-${name}`, { priority: 'write' });
    this.#answer();
    await passes(STEP_MS);
    this.#answer();
  }

  async #read(path: string): Promise<void> {
    const waitMs = await this.upstream.refusalOf(path);
    const comesBack = waitMs > 0 && waitMs < 3 * WINDOW_MS && this.#random() < 0.7;
    if (comesBack) this.#returns.push({ caller: path, at: performance.now() + waitMs });
  }

  // For the same call, or for another one.
  #comeBack(caller: string): void {
    const path = this.#random() < 0.5 ? caller : `${caller}/more`;
    void this.upstream.ask(path, { caller }).then(({ ok }) => ok || this.refusedAgain.push(path));
  }

  #answer(): void {
    const { sent } = this.upstream.calls;
    for (const { scope, end } of sent.slice(this.#answered)) {
      const tookMs = this.#random() * LONGEST_CALL_MS;
      const isRead = scope.priority === 'read';
      setTimeout(() => this.arrivals.push({ at: performance.now(), isRead }), this.#random() * tookMs);
      setTimeout(() => end(ANSWERED), tookMs);
    }
    this.#answered = sent.length;
  }
}

test.each([1, 2, 3, 4])(
  'under random load, run %i, no window holds too many, none is wasted, and who comes back when it was told is served',
  async (run) => {
    const users = new RandomUsers(createRandom('pacing', run));
    for (let step = 0; step < (MINUTES * WINDOW_MS) / STEP_MS; step += 1) await users.step(step);
    const { arrivals, refusedAgain } = users;
    const { reads } = shareQuota(QUOTA);
    const readsAt = arrivals.flatMap(({ at, isRead }) => (isRead ? [at] : []));
    expect(
      mostInWindow(
        arrivals.map(({ at }) => at),
        WINDOW_MS,
      ),
    ).toBeLessThanOrEqual(QUOTA);
    expect(mostInWindow(readsAt, WINDOW_MS)).toBeLessThanOrEqual(reads);
    expect(readsAt.length).toBeGreaterThan(reads * MINUTES * 0.9);
    expect(refusedAgain).toEqual([]);
  },
);
