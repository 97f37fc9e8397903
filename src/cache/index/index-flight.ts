import type { CallScope } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import { sleep } from '../../http/sleep.ts';
import { fail, type Result, succeed } from '../../shared/result.ts';
import { IndexBase, type WalkTimes } from './index-base.ts';
import type { IndexEntry, IndexedItem, IndexFailure } from './index-kind.ts';
import type { RecordIndexOptions } from './index-options.ts';
import type { IndexStore, StoredWalk } from './index-store.ts';
import { walkIndex } from './index-walk.ts';
import type { TimedPatch } from './patch.ts';
import { RecordSet } from './record-set.ts';
import type { SharedLog } from './shared-log.ts';
import type { SharedWalks } from './shared-walks.ts';
import { WalkLead } from './walk-lead.ts';

/** What replicas share of an index. */
export interface SharedParts<Item extends IndexedItem> {
  readonly store: IndexStore;
  readonly log: SharedLog<Item>;
  readonly walks: SharedWalks<Item>;
}

/** What a flight starts from. */
interface FlightStart<Entry extends IndexEntry> {
  /** The flight's own. */
  readonly scope: CallScope;
  /** What was kept before. */
  readonly previous: IndexBase<Entry> | null;
  /** When nothing of the writes whose outcome is unknown can arrive any more, on the monotonic clock. */
  settlesAt(): number;
}

type Flown<Entry extends IndexEntry> = Result<IndexBase<Entry>, IndexFailure>;

const POLL_MS = 100;
const TOO_LATE: Failure = { kind: 'timed-out', limit: 'deadline', sent: false, waitedMs: 0 };

/** One attempt to have all records: by a walk, or by what another replica has walked. */
export class IndexFlight<Item extends IndexedItem, Entry extends IndexEntry> {
  readonly #options: RecordIndexOptions<Item, Entry>;
  readonly #shared: SharedParts<Item> | null;
  readonly #scope: CallScope;
  readonly #previous: IndexBase<Entry> | null;
  readonly #settlesAt: () => number;
  readonly #patches: TimedPatch<Item>[] = [];
  #hasLost = false;

  constructor(
    options: RecordIndexOptions<Item, Entry>,
    shared: SharedParts<Item> | null,
    { scope, previous, settlesAt }: FlightStart<Entry>,
  ) {
    this.#options = options;
    this.#shared = shared;
    this.#scope = scope;
    this.#previous = previous;
    this.#settlesAt = settlesAt;
  }

  /** Called for every write that ends meanwhile. */
  note(patch: TimedPatch<Item>): void {
    this.#patches.push(patch);
  }

  /** Called when writes of other replicas may have been missed: what comes of it is given to who waits, and not kept. */
  lose(): void {
    this.#hasLost = true;
  }

  /** Takes what has ended since into what the flight has brought. @returns whether that can be kept */
  complete(base: IndexBase<Entry>): boolean {
    return this.#patches.every((patch) => base.take(patch, this.#options)) && !this.#hasLost;
  }

  async run(): Promise<Flown<Entry>> {
    const shared = this.#shared;
    if (shared === null) return this.#walk();
    while (!this.#scope.deadline.passed) {
      const { isReachable, walk } = await shared.log.sync();
      const loaded = walk && (await this.#load(walk, shared));
      if (loaded) return succeed(loaded);
      const lead = isReachable ? await WalkLead.take(shared.store).catch(() => 'away' as const) : 'away';
      if (lead === 'away') return this.#walk();
      if (lead) return this.#walkForAll(lead, shared);
      if (!(await sleep(POLL_MS, this.#scope.signal))) break;
    }
    return fail(TOO_LATE);
  }

  async #walk(): Promise<Flown<Entry>> {
    const { walk, toEntry, budget } = this.#options;
    const beganAt = performance.now();
    const catchUp = async (): Promise<unknown> => this.#shared?.log.sync();
    const parts = { walk, toEntry, patches: this.#patches, catchUp };
    const walked = await walkIndex(parts, this.#scope, this.#previous?.records ?? null);
    if (walked.ok) {
      const { records, ...times } = walked.value;
      const isTooLarge = records.bytes > budget.maxBytes;
      const failure = { kind: 'too-large', limit: budget.maxBytes, unit: 'bytes' } as const;
      return this.#toBase(isTooLarge ? fail(failure) : succeed(records), times);
    }
    const { failure } = walked;
    if (failure.kind !== 'too-large') return fail(failure);
    return this.#toBase(fail(failure), { beganAt, endedAt: performance.now() });
  }

  #toBase(content: IndexBase<Entry>['content'], times: WalkTimes): Flown<Entry> {
    const base = new IndexBase(content, times, this.#options.ttlMs);
    base.expireBy(this.#settlesAt());
    return succeed(base);
  }

  async #walkForAll(lead: WalkLead, { log, walks }: SharedParts<Item>): Promise<Flown<Entry>> {
    const { position } = log;
    const flown = await this.#walk();
    const saving =
      flown.ok && position !== null
        ? walks.save(this.#toFinished(flown.value, position), lead.holder).catch(() => {})
        : Promise.resolve();
    // Nobody waits for it here; the others wait until it is there, or the lead is free.
    void saving.then(() => lead.giveBack());
    return flown;
  }

  #toFinished({ content, times, expiresAt }: IndexBase<Entry>, position: string) {
    const { toItem } = this.#options;
    const items = content.ok ? succeed(content.value.map(toItem)) : content;
    return { content: items, position, ...times, expiresAt };
  }

  /** `null` where it is not worth more than what is there. */
  async #load(walk: StoredWalk, { log, walks }: SharedParts<Item>): Promise<IndexBase<Entry> | null> {
    const { toEntry, ttlMs } = this.#options;
    const now = performance.now();
    const times = { beganAt: now - walk.beganAgeMs, endedAt: now - walk.endedAgeMs };
    const previous = this.#previous;
    if (previous?.isUsable && times.beganAt - previous.times.beganAt < POLL_MS) return null;
    const [content, patches] = await Promise.all([walks.load(walk), log.since(walk.position)]).catch(
      () => [],
    );
    if (!content || !patches) return null;
    const records = content.ok
      ? succeed(new RecordSet(content.value.map(toEntry), previous?.records ?? null))
      : content;
    const base = new IndexBase(records, times, ttlMs);
    base.expireBy(now + walk.leftMs);
    const isTrusted = patches.every((patch) => base.take(patch, this.#options));
    return isTrusted && base.isUsable ? base : null;
  }
}
