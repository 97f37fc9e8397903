import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from '../statistics.ts';
import type { FrontEnd, Shown } from './front-ends.ts';
import {
  OPENED,
  OUTSIDE_ID,
  replacedSince,
  SLICES,
  THINK_MS,
  turnOf,
  WRITE_EVERY_MS,
  WRITTEN_ID,
  writtenName,
} from './scene.ts';

/** What the users saw. */
export interface CrowdReport {
  readonly asked: number;
  readonly answered: number;
  readonly writes: number;
  readonly written: number;
  /** Answers that showed a name from before a write that had been answered when they were asked for. */
  readonly beforeWrites: number;
  /** How old what others had changed was at most when it was shown, in milliseconds. */
  readonly outsideMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Users who list, scroll, open and search, each with a pause in between; one of them also writes, and looks at once. */
export class Crowd {
  readonly #frontEnd: FrontEnd;
  readonly #endsAt: number;
  readonly #durations: number[] = [];
  #answered = 0;
  #writes = 0;
  #written = 0;
  // The last write that was answered.
  #turn = 0;
  #beforeWrites = 0;
  #outsideMs = 0;

  constructor(frontEnd: FrontEnd, seconds: number) {
    this.#frontEnd = frontEnd;
    this.#endsAt = performance.now() + seconds * 1_000;
  }

  async run(users: number): Promise<CrowdReport> {
    await Promise.all([
      this.#write(),
      ...Array.from({ length: users }, (_, user) => this.#browse(user, users)),
    ]);
    return {
      asked: this.#durations.length,
      answered: this.#answered,
      writes: this.#writes,
      written: this.#written,
      beforeWrites: this.#beforeWrites,
      outsideMs: this.#outsideMs,
      p50Ms: quantile(this.#durations, 0.5),
      p99Ms: quantile(this.#durations, 0.99),
    };
  }

  get #isOver(): boolean {
    return performance.now() >= this.#endsAt;
  }

  async #browse(user: number, users: number): Promise<void> {
    await sleep((user / users) * THINK_MS);
    for (let turn = user; !this.#isOver; turn += 1) {
      let after: string | null = null;
      for (let slice = 0; slice < SLICES && !this.#isOver; slice += 1) {
        after = (await this.#look(() => this.#frontEnd.list(after))).next;
        await sleep(THINK_MS);
        if (after === null) break;
      }
      const id = OPENED[turn % OPENED.length] ?? WRITTEN_ID;
      const next = [() => this.#frontEnd.open(id), () => this.#frontEnd.search(String(turn % 10))];
      for (const act of next) {
        if (this.#isOver) return;
        await this.#look(act);
        await sleep(THINK_MS);
      }
    }
  }

  async #write(): Promise<void> {
    await sleep(WRITE_EVERY_MS / 2);
    while (!this.#isOver) {
      this.#writes += 1;
      const turn = this.#writes;
      const { isAnswered } = await this.#frontEnd.rename(writtenName(turn));
      if (isAnswered) {
        this.#written += 1;
        this.#turn = turn;
      }
      await this.#look(() => this.#frontEnd.list(null));
      await sleep(WRITE_EVERY_MS);
    }
  }

  async #look(act: () => Promise<Shown>): Promise<Shown> {
    const turn = this.#turn;
    const startedAt = performance.now();
    const now = Date.now();
    const shown = await act();
    this.#durations.push(performance.now() - startedAt);
    if (shown.isAnswered) this.#answered += 1;
    const written = shown.names.get(WRITTEN_ID);
    if (written !== undefined && turnOf(written) < turn) this.#beforeWrites += 1;
    const outside = shown.names.get(OUTSIDE_ID);
    if (outside !== undefined) this.#outsideMs = Math.max(this.#outsideMs, replacedSince(outside, now));
    return shown;
  }
}
