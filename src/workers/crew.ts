import cluster from 'node:cluster';
import { setTimeout } from 'node:timers/promises';
import type { Logger } from '../shared/logger.ts';
import { fail, type Result, succeed } from '../shared/result.ts';
import { type Ending, Member } from './member.ts';
import { Restarts } from './restarts.ts';
import { type Address, JOIN, type Orders, SIGNALLED, STOP } from './topics.ts';

/** What a crew is made of. */
export interface CrewOptions {
  readonly size: number;
  /** Longest that a worker may take to stop, before it is ended. */
  readonly maxStopMs: number;
  readonly logger: Logger;
  /** Gives what the worker in this place needs to start. */
  readonly orders: (place: number) => Orders;
  /** Called with each worker as soon as it can be spoken to. */
  readonly attend: (member: Member) => void;
  /** Called once when workers can't be started any more. */
  readonly onGiveUp: () => void;
}

// A signal to all processes reaches a worker and the primary at about the same time.
const SIGNAL_SKEW_MS = 200;
const STOP_ANSWER_MS = 5_000;
const MAX_DYING_MS = 1_000;

/** The workers, each in its place; another one takes the place of a worker that ended. */
export class Crew {
  readonly #options: CrewOptions;
  readonly #members = new Set<Member>();
  readonly #restarts = new Restarts();
  #isStopping = false;
  /** Workers that were started in the place of one that ended. */
  restarted = 0;

  constructor(options: CrewOptions) {
    this.#options = options;
    cluster.setupPrimary({ args: ['worker'] });
    // Connections spread evenly, and none is lost that came for a worker which has just ended.
    cluster.schedulingPolicy = cluster.SCHED_RR;
  }

  /** Workers that serve. */
  get serving(): number {
    return [...this.#members].filter(({ hasServed }) => hasServed).length;
  }

  /**
   * Starts the first worker, then the others; resolves when all serve.
   * @returns the exit code of the first when it ended before it served: what kept it from that would keep all
   */
  async start(): Promise<Result<Address, number>> {
    const first = this.#fork(0);
    const served = await Promise.race([
      first.serving.then((address) => succeed(address)),
      first.ended.then(({ code }) => fail(code || 1)),
    ]);
    if (!served.ok) return served;
    this.#replaceAtEnd(first);
    const others = Array.from({ length: this.#options.size - 1 }, (_, index) => this.#fork(index + 1));
    for (const member of others) this.#replaceAtEnd(member);
    await Promise.all(others.map(({ serving, ended }) => Promise.race([serving, ended])));
    return served;
  }

  /** Lets all workers stop, as one gateway does; resolves when they have ended, with whether all ended well. */
  async stop(): Promise<boolean> {
    this.#isStopping = true;
    const ends = await Promise.all([...this.#members].map((member) => this.#end(member)));
    return ends.every((isGood) => isGood);
  }

  /** Ends all workers in the middle of whatever they do; resolves when they have ended. */
  async kill(): Promise<void> {
    this.#isStopping = true;
    const ends = [...this.#members].map(({ ended }) => ended);
    for (const member of this.#members) member.kill();
    await Promise.race([Promise.all(ends), setTimeout(MAX_DYING_MS)]);
  }

  #fork(place: number): Member {
    const member = new Member(place);
    this.#members.add(member);
    void member.ended.then(() => this.#members.delete(member));
    member.line.serve(JOIN, () => {
      this.#options.attend(member);
      return this.#options.orders(place);
    });
    member.line.serve(SIGNALLED, async () => {
      await setTimeout(SIGNAL_SKEW_MS);
      return !this.#isStopping;
    });
    return member;
  }

  #replaceAtEnd(member: Member): void {
    void member.ended.then((ending) => this.#replace(member, ending));
  }

  async #replace(member: Member, ending: Ending): Promise<void> {
    if (this.#isStopping) return;
    const { logger, onGiveUp } = this.#options;
    const facts = { worker: member.pid, ...ending };
    const delayMs = this.#restarts.after(member);
    if (delayMs === null) {
      logger.error(facts, 'workers end before they serve: the gateway stops');
      onGiveUp();
      return;
    }
    logger.warn({ ...facts, delayMs }, 'a worker ended: another takes its place');
    await setTimeout(delayMs);
    if (this.#isStopping) return;
    this.restarted += 1;
    this.#replaceAtEnd(this.#fork(member.place));
  }

  async #end(member: Member): Promise<boolean> {
    // Who does not serve yet has nothing to finish, and might not hear.
    if (!member.hasServed) {
      member.kill();
      await member.ended;
      return true;
    }
    member.line.ask(STOP, null, STOP_ANSWER_MS).catch(() => {});
    const wait = new AbortController();
    const late = setTimeout(this.#options.maxStopMs, undefined, { signal: wait.signal }).then(
      () => member.kill(),
      () => {},
    );
    const { code } = await Promise.race([member.ended, late.then(() => member.ended)]);
    wait.abort();
    return code === 0;
  }
}
