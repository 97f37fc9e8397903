import type { CallScope } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import { sleep } from '../../http/sleep.ts';
import { fail, type Result, succeed } from '../../shared/result.ts';
import { IndexBase, type WalkTimes } from './index-base.ts';
import type { IndexEntry, IndexedItem, IndexFailure } from './index-kind.ts';
import type { RecordIndexOptions } from './index-options.ts';
import type { IndexStore, LogPlace } from './index-store.ts';
import { walkIndex } from './index-walk.ts';
import type { TimedPatch } from './patch.ts';
import { RecordSet } from './record-set.ts';
import type { SharedLog, SharedWalk } from './shared-log.ts';
import type { SharedWalks } from './shared-walks.ts';
import type { WalkForecast } from './walk-forecast.ts';
import { WalkLead } from './walk-lead.ts';

/** What replicas share of an index. */
export interface SharedParts<Item extends IndexedItem> {
  readonly store: IndexStore;
  readonly log: SharedLog<Item>;
  readonly walks: SharedWalks<Item>;
}

/** What a build starts from. */
interface BuildStart<Entry extends IndexEntry> {
  /** The build's own. */
  readonly scope: CallScope;
  /** Of the walk, its own or that of another replica. */
  readonly forecast: WalkForecast;
  /** What was kept before. */
  readonly previous: IndexBase<Entry> | null;
  /** When nothing of the writes whose outcome is unknown can arrive any more, on the monotonic clock. */
  settlesAt(): number;
}

type Built<Entry extends IndexEntry> = Result<IndexBase<Entry>, IndexFailure>;

const POLL_MS = 100;
const TOO_LATE: Failure = { kind: 'timed-out', limit: 'deadline', sent: false, waitedMs: 0 };

/** One attempt to have all records: by a walk, or by what another replica has walked. */
export class IndexBuild<Item extends IndexedItem, Entry extends IndexEntry> {
  readonly #options: RecordIndexOptions<Item, Entry>;
  readonly #shared: SharedParts<Item> | null;
  readonly #start: BuildStart<Entry>;
  // Of every write that has ended since the build began.
  readonly #patches: TimedPatch<Item>[] = [];
  // How far the log was read when patches were applied last; `null` while that is not known.
  #appliedTo: LogPlace | null = null;
  #hasLost = false;

  constructor(
    options: RecordIndexOptions<Item, Entry>,
    shared: SharedParts<Item> | null,
    start: BuildStart<Entry>,
  ) {
    this.#options = options;
    this.#shared = shared;
    this.#start = start;
  }

  /** Called when somebody waits for what was begun in the background. */
  expedite({ priority }: CallScope): void {
    const { scope } = this.#start;
    if (scope.priority === 'background') scope.priority = priority;
  }

  /** Called for every write that ends meanwhile. */
  note(patch: TimedPatch<Item>): void {
    this.#patches.push(patch);
  }

  /** Called when writes of other replicas may have been missed: what is built is given to who waits, and not kept. */
  lose(): void {
    this.#hasLost = true;
  }

  /** Takes what has ended since into what was built. @returns whether that can be kept */
  complete(base: IndexBase<Entry>): boolean {
    return !this.#hasLost && takeAll(this.#patches, base, this.#options);
  }

  async run(): Promise<Built<Entry>> {
    const shared = this.#shared;
    if (shared === null) return this.#walk();
    const { deadline, signal } = this.#start.scope;
    while (!deadline.passed) {
      const state = await shared.log.sync();
      if (state === null) return this.#walk();
      const loaded = state.walk && (await this.#load(state.walk, shared));
      if (loaded) return succeed(loaded);
      const lead = await WalkLead.take(shared.store, this.#start.forecast);
      if (lead === 'away') return this.#walk();
      if (lead !== 'taken') return this.#walkForAll(lead, state.place, shared);
      if (!(await sleep(POLL_MS, signal))) break;
    }
    return fail(TOO_LATE);
  }

  async #walk(): Promise<Built<Entry>> {
    const { walk, toEntry, budget } = this.#options;
    const { scope, previous } = this.#start;
    const beganAt = performance.now();
    const parts = { walk, toEntry, patches: this.#patches, catchUp: () => this.#catchUp() };
    const walked = await walkIndex(parts, scope, previous?.records ?? null);
    if (walked.ok) {
      const { records, times } = walked.value;
      const isTooLarge = records.bytes > budget.maxBytes;
      const failure = { kind: 'too-large', limit: budget.maxBytes, unit: 'bytes' } as const;
      return this.#toBase(isTooLarge ? fail(failure) : succeed(records), times);
    }
    const { failure } = walked;
    if (failure.kind !== 'too-large') return fail(failure);
    await this.#catchUp();
    const endedAt = performance.now();
    return this.#toBase(fail(failure), { beganAt, knownAt: endedAt, endedAt });
  }

  async #catchUp(): Promise<void> {
    const state = (await this.#shared?.log.sync()) ?? null;
    this.#appliedTo = state?.place ?? null;
  }

  #toBase(content: IndexBase<Entry>['content'], times: WalkTimes): Built<Entry> {
    const base = new IndexBase(content, times, this.#options.ttlMs, this.#start.previous);
    base.keepUntil(this.#start.forecast.keptUntil);
    base.expireBy(this.#start.settlesAt());
    return succeed(base);
  }

  async #walkForAll(lead: WalkLead, start: LogPlace, { walks }: SharedParts<Item>): Promise<Built<Entry>> {
    const built = await this.#walk();
    const finished = built.ok && !this.#hasLost ? this.#toFinished(built.value, start) : null;
    const saving = finished ? walks.save(finished, lead.holder).catch(() => {}) : Promise.resolve();
    // Nobody waits for it here; the others wait until it is there, or the lead is free.
    void saving.then(() => lead.giveBack());
    return built;
  }

  #toFinished({ content, times, expiresAt }: IndexBase<Entry>, start: LogPlace) {
    const end = this.#appliedTo;
    const items = content.ok ? succeed(content.value.map(this.#options.toItem)) : content;
    return end && { content: items, start, end, lifetimeMs: expiresAt - times.beganAt, expiresAt };
  }

  /** `null` where it is not worth more than what is there. */
  async #load(walk: SharedWalk, { log, walks }: SharedParts<Item>): Promise<IndexBase<Entry> | null> {
    const { toEntry, ttlMs } = this.#options;
    const { previous } = this.#start;
    const { times, position, expiresAt } = walk;
    if (previous?.isUsable && times.beganAt - previous.times.beganAt < POLL_MS) return null;
    const parts = [walks.load(walk), log.since(position)] as const;
    const [content, patches] = await Promise.all(parts).catch(() => [null, null]);
    if (!content || !patches) return null;
    const known = previous?.records ?? null;
    const records = content.ok ? succeed(new RecordSet(content.value.map(toEntry), known)) : content;
    const base = new IndexBase(records, times, ttlMs, previous);
    base.keepUntil(expiresAt);
    base.expireBy(expiresAt);
    return takeAll(patches, base, this.#options) && base.isUsable ? base : null;
  }
}

function takeAll<Item extends IndexedItem, Entry extends IndexEntry>(
  patches: readonly TimedPatch<Item>[],
  base: IndexBase<Entry>,
  options: RecordIndexOptions<Item, Entry>,
): boolean {
  // Each of them, also behind one that leaves nothing to trust: whoever waits is to see its own writes.
  return patches.map((patch) => base.take(patch, options)).every(Boolean);
}
