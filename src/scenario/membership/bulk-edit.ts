import type { Failure } from '../../http/failure.ts';
import { assertNever } from '../../shared/assert-never.ts';
import { GatewayError } from '../../shared/gateway-error.ts';
import type { Collection } from '../collections/collection.ts';
import { NotFoundError, PartiallyAppliedError, toSentence } from '../errors.ts';
import { explainFailure } from '../explain-failure.ts';
import type { Subject } from '../subject.ts';
import { chunksOf } from './chunks-of.ts';
import { MemberFates } from './member-fates.ts';
import type { MembershipCalls } from './membership-calls.ts';
import { isAboutIds } from './refusal.ts';
import { sendChunk } from './send-chunk.ts';

/** Most ids that the upstream takes in one membership call. */
export const MAX_IDS_PER_CALL = 49;

/** What a bulk edit that went through whole has done. */
export interface MembershipResult {
  /** After the edit. */
  readonly collection: Collection;
  /** All of them, each once. */
  readonly ids: readonly string[];
  readonly changedIds: readonly string[];
  /** These were as asked before. */
  readonly unchangedIds: readonly string[];
}

/** Why a run ends before its end; `null` lets it go on. */
type Stop = GatewayError | null;

/**
 * One edit of any number of ids: chunks, one after the other. When one is refused for what may be an id, the edit reads
 * which ids are left to send, sends those, and halves what is refused again until each bad id is alone.
 */
export class BulkEdit<Id extends string> {
  readonly #ids: readonly Id[];
  readonly #calls: MembershipCalls<Id>;
  readonly #fates: MemberFates<Id>;
  #collection: Collection | null = null;
  // Whether the collection was changed since it was last seen.
  #isOutdated = false;
  // Whether an id may be why not all of them are as asked.
  #wasRefused = false;

  /** @param ids at least one, each once */
  constructor(ids: readonly Id[], calls: MembershipCalls<Id>) {
    this.#ids = ids;
    this.#calls = calls;
    this.#fates = new MemberFates(ids);
  }

  /**
   * @throws the plain error when there is no such collection, or for a failure that no id is the reason of, and nothing
   * was changed; `PartiallyAppliedError` otherwise when not every id is as asked
   */
  async run(): Promise<MembershipResult> {
    const stop = await this.#sendAll();
    if (stop) {
      const isPlain = stop instanceof NotFoundError || !this.#wasRefused;
      if (isPlain && this.#fates.areOpen) throw stop;
      this.#fates.stop(stop);
      throw this.#partiallyApplied(stop);
    }
    const failure = this.#isOutdated ? await this.#readCollection() : null;
    const [first, ...others] = this.#fates.failures;
    if (first) {
      const message =
        others.length === 0 ? first.message : `${toSentence(first.message)} ${others.length} more failed.`;
      throw this.#partiallyApplied(new GatewayError(first.code, message, { retryable: false }));
    }
    if (failure) throw this.#partiallyApplied(this.#explain(failure));
    if (!this.#collection) throw new Error('a bulk edit has seen no collection');
    return {
      collection: this.#collection,
      ids: this.#ids,
      changedIds: this.#fates.idsOf('changed'),
      unchangedIds: this.#fates.idsOf('unchanged'),
    };
  }

  async #sendAll(): Promise<Stop> {
    let sent = 0;
    for (const chunk of chunksOf(this.#ids, MAX_IDS_PER_CALL)) {
      const result = await this.#send(chunk);
      sent += chunk.length;
      if (result.kind === 'stopped') return result.error;
      if (result.kind === 'refused') return this.#sendWhatIsLeft([...result.ids, ...this.#ids.slice(sent)]);
    }
    return null;
  }

  async #sendWhatIsLeft(ids: readonly Id[]): Promise<Stop> {
    this.#wasRefused = true;
    const failure = await this.#readCollection();
    if (failure) return this.#explain(failure);
    const states = await this.#calls.readMembers(ids);
    // Where even the read is refused for an id, halving finds it.
    if (!states.ok && !isAboutIds(states.failure)) return this.#explain(states.failure);
    const left: Id[] = [];
    for (const id of ids) {
      const state = states.ok ? states.value.get(id) : undefined;
      if (state === this.#calls.wanted) this.#fates.note([id], 'unchanged');
      else if (state === 'missing') this.#fates.noteFailure(id, new NotFoundError(this.#member(id)));
      else left.push(id);
    }
    for (const chunk of chunksOf(left, MAX_IDS_PER_CALL)) {
      const stop = await this.#sendOrHalve(chunk);
      if (stop) return stop;
    }
    return null;
  }

  async #sendOrHalve(chunk: readonly Id[]): Promise<Stop> {
    const result = await this.#send(chunk);
    switch (result.kind) {
      case 'done':
        return null;
      case 'stopped':
        return result.error;
      case 'refused': {
        const [first, ...others] = result.ids;
        if (first !== undefined && others.length === 0) {
          this.#fates.noteFailure(first, explainFailure(result.failure, this.#member(first)));
          return null;
        }
        const half = Math.ceil(result.ids.length / 2);
        const stop = await this.#sendOrHalve(result.ids.slice(0, half));
        return stop ?? this.#sendOrHalve(result.ids.slice(half));
      }
      default:
        return assertNever(result);
    }
  }

  async #send(chunk: readonly Id[]) {
    const result = await sendChunk(chunk, this.#calls, this.#fates);
    if (result.kind === 'done' && result.collection) this.#collection = result.collection;
    if (result.kind === 'done') this.#isOutdated = result.collection === null;
    return result;
  }

  async #readCollection(): Promise<Failure | null> {
    const read = await this.#calls.readCollection();
    if (!read.ok) return read.failure;
    this.#collection = read.value;
    this.#isOutdated = false;
    return null;
  }

  #explain(failure: Failure): GatewayError {
    return explainFailure(failure, this.#calls.subject);
  }

  #member(id: Id): Subject {
    return { typename: this.#calls.memberType, id };
  }

  #partiallyApplied(stoppedBy: GatewayError): PartiallyAppliedError {
    const report = this.#fates.report();
    const { scope, endpoint, subject } = this.#calls;
    if (report.unknownIds.length > 0) scope.tally.unconfirmed += 1;
    scope.writeStopped?.({
      endpoint,
      collectionId: subject.id,
      applied: report.appliedIds.length,
      failed: report.failedIds.length,
      unknown: report.unknownIds.length,
      notAttempted: report.notAttemptedIds.length,
      retryAfterMs: stoppedBy.hints.retryAfterMs,
    });
    return new PartiallyAppliedError(stoppedBy, { latestCollection: this.#collection, ...report });
  }
}
