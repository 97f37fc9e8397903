import { setTimeout } from 'node:timers/promises';
import { LEASE_MS } from './lease.ts';
import type { Line } from './line.ts';
import { ADVANCE, RENEW, WRITTEN } from './topics.ts';

/** A worker that may answer from memory. */
interface Holder {
  readonly line: Line;
  /** Resolves when its process has ended. */
  readonly ended: Promise<unknown>;
  leaseEndsAt: number;
}

/** Counts the writes of all workers, and sees to it that none answers from before a write once that is answered. */
export class WriteCount {
  readonly #holders = new Set<Holder>();
  #count = 0;

  /** Answers this worker from now on. @param ended resolves when its process has ended */
  attend(line: Line, ended: Promise<unknown>): void {
    const holder: Holder = { line, ended, leaseEndsAt: 0 };
    this.#holders.add(holder);
    void ended.then(() => this.#holders.delete(holder));
    line.serve(RENEW, () => {
      holder.leaseEndsAt = performance.now() + LEASE_MS;
      return this.#count;
    });
    line.serve(ADVANCE, () => this.#advance(holder));
  }

  async #advance(writer: Holder): Promise<number> {
    this.#count += 1;
    const count = this.#count;
    const others = [...this.#holders].filter((holder) => holder !== writer);
    await Promise.all(others.map((holder) => tell(holder, count)));
    return count;
  }
}

// Who does not answer is waited for until it may not answer from memory any more.
async function tell({ line, ended, leaseEndsAt }: Holder, count: number): Promise<void> {
  const leaseMs = leaseEndsAt - performance.now();
  if (leaseMs <= 0) return;
  const wait = new AbortController();
  const leaseEnd = setTimeout(leaseMs, undefined, { signal: wait.signal }).catch(() => {});
  const told = line.ask(WRITTEN, count, leaseMs).catch(() => leaseEnd);
  await Promise.race([told, leaseEnd, ended]);
  wait.abort();
}
