import { setImmediate } from 'node:timers/promises';
import type { Collection } from '../../src/scenario/collections/collection.ts';
import type { CountedSlice } from '../../src/scenario/collections/collection-finder.ts';
import { CollectionsSource } from '../../src/scenario/collections/collections-source.ts';
import type { FindQuery } from '../../src/scenario/collections/find-entries.ts';
import { PartiallyAppliedError } from '../../src/scenario/errors.ts';
import type { MembershipResult } from '../../src/scenario/membership/bulk-edit.ts';
import type { Row } from '../../src/scenario/page.ts';
import type { Slice, SliceArguments } from '../../src/scenario/slice.ts';
import { isScenarioId } from '../../src/shared/brands.ts';
import { GatewayError } from '../../src/shared/gateway-error.ts';
import { createRandom, pick, type Random } from '../faults/random.ts';
import { askedAt } from './asked-at.ts';
import { idleCollections, SCOPE } from './idle-parts.ts';
import { randomFailure } from './random-failure.ts';

/** How bad the answers of a source are, in percent. */
export interface Badness {
  readonly failures: number;
  readonly brokenFields: number;
}

/**
 * A source whose answers a seed determines, each by what is asked for, by which field of the answer, and how often that field
 * has asked it: never by time, nor by what else is asked. Of executors that ask more or less below a null, each gets the same.
 */
export class RandomSource extends CollectionsSource {
  readonly #seed: number;
  readonly #badness: Badness;
  readonly #asked = new Map<string, number>();
  readonly #events: string[] = [];
  #unanswered = 0;

  constructor(seed: number, badness: Badness) {
    super(idleCollections(), SCOPE, '');
    this.#seed = seed;
    this.#badness = badness;
  }

  /** When a question was asked and when it was answered, in that order. */
  get events(): readonly string[] {
    return this.#events;
  }

  /** Waits for the answers to all questions: a field that has failed with one of its questions waits for no other. */
  async allAnswered(): Promise<void> {
    while (this.#unanswered > 0) await setImmediate();
  }

  override load(id: string): Promise<Collection | null> {
    return this.answer(['load', id], (random) => {
      if (percent(random, 15)) return null;
      const collection = this.#collection(random);
      // An error that is no rejection, but a value. Nobody can tell of one whose name is a symbol.
      return percent(random, this.#badness.failures / 4)
        ? Object.assign(new Error('a value'), collection, { name: 'Error' })
        : collection;
    });
  }

  override list(wanted: SliceArguments): Promise<CountedSlice> {
    return this.#countedSlice(['list', wanted], wanted);
  }

  override find(query: FindQuery, wanted: SliceArguments): Promise<CountedSlice> {
    return this.#countedSlice(['find', query, wanted], wanted);
  }

  override pick(ids: readonly string[]): Promise<readonly Collection[]> {
    return this.answer(['pick', ids], (random) => ids.map(() => this.#collection(random)));
  }

  async #countedSlice(question: readonly unknown[], wanted: SliceArguments): Promise<CountedSlice> {
    const slice = await this.slice(question, wanted, (random) => this.#collection(random));
    const random = createRandom(this.#seed, 'total', JSON.stringify(question));
    const count = percent(random, this.#badness.brokenFields) ? 2 ** 31 : Math.floor(random() * 100);
    const waits = percent(random, 50);
    const totalCount = () => (waits ? this.answer(['total', ...question], () => count) : count);
    return Object.assign(slice, { totalCount });
  }

  /** A slice of random items, some of them broken. */
  slice<Item extends Row>(
    question: readonly unknown[],
    { after }: SliceArguments,
    make: (random: Random) => Item,
  ): Promise<Slice<Item>> {
    return this.answer(question, (random) => {
      const items = Array.from({ length: Math.floor(random() * 5) }, () => make(random));
      const error = percent(random, 25) ? new GatewayError('UPSTREAM_TIMEOUT', 'Stopped half way.') : null;
      const slice = {
        items: this.broken(items, ['0', '1'], random),
        hasNextPage: percent(random, 50),
        hasPreviousPage: after !== null,
        resumesAt: after,
        error,
        cursorAt: (index: number) => this.#cursorAt(index),
      };
      return this.broken(slice, ['hasNextPage', 'hasPreviousPage'], random);
    });
  }

  #cursorAt(index: number): string {
    const random = createRandom(this.#seed, 'cursor', index);
    if (percent(random, this.#badness.brokenFields)) throw new Error('no cursor');
    return `cursor ${index}`;
  }

  override create(name: string, key: string | null): Promise<Collection> {
    return this.answer(['create', name, key], (random) => this.#collection(random));
  }

  override update(...args: Parameters<CollectionsSource['update']>): Promise<Collection> {
    return this.answer(['update', ...args], (random) => this.#collection(random));
  }

  override delete(id: string): Promise<void> {
    return this.answer(['delete', id], () => {});
  }

  override editMembers(...args: Parameters<CollectionsSource['editMembers']>): Promise<MembershipResult> {
    return this.answer(['editMembers', ...args], (random) => {
      if (percent(random, 25)) throw this.#partially(random);
      const lists = { ids: ['a1', 'a2', 'a3'], changedIds: ['a1', 'a3'], unchangedIds: ['a2'] };
      const result = { collection: this.#collection(random), ...lists };
      return this.broken(result, Object.keys(result), random);
    });
  }

  /** Answers a question as the seed has it, after a time that it has too. */
  async answer<Value>(question: readonly unknown[], make: (random: Random) => Value): Promise<Value> {
    const text = `${JSON.stringify(question)} at ${askedAt()}`;
    const times = (this.#asked.get(text) ?? 0) + 1;
    this.#asked.set(text, times);
    const random = createRandom(this.#seed, text, times);
    this.#events.push(`asked ${text}`);
    this.#unanswered += 1;
    for (let turns = Math.floor(random() * 4); turns > 0; turns -= 1) await setImmediate();
    this.#unanswered -= 1;
    this.#events.push(`answered ${text}`);
    if (percent(random, this.#badness.failures)) throw randomFailure(random);
    return make(random);
  }

  #collection(random: Random): Collection {
    const id = pick(random, ['col_1', 'col_2', 'col_3']);
    if (!isScenarioId<'Collection'>(id)) throw new Error('no id');
    const thumbnail = { assetId: 'asset_1', url: 'https://cdn.example.com/a.png' };
    const collection: Collection = {
      typename: 'Collection',
      id,
      name: pick(random, ['Props', '', 'Ünï 🙂 "quoted"\n']),
      ownerId: 'owner',
      assetCount: Math.floor(random() * 100),
      modelCount: 0,
      itemCount: -1,
      thumbnail: percent(random, 25)
        ? undefined
        : pick(random, [null, thumbnail, this.broken(thumbnail, ['url', 'assetId'], random)]),
      createdAt: '2023-02-03T11:19:41.579Z',
      updatedAt: '2023-02-03T11:19:41.579Z',
    };
    // The gateway itself writes what type it is.
    const fields = Object.keys(collection).filter((name) => name !== 'typename');
    return this.broken(collection, fields, random);
  }

  #partially(random: Random): PartiallyAppliedError {
    const lists = { appliedIds: ['a1'], failedIds: ['a2', 'a3'], unknownIds: [], notAttemptedIds: ['a4'] };
    const failures = lists.failedIds.map((id) =>
      this.broken({ id, code: 'NOT_FOUND' as const, message: 'Gone.' }, ['id', 'code', 'message'], random),
    );
    const latestCollection = percent(random, 30) ? null : this.#collection(random);
    const report = { latestCollection, ...lists, failures };
    const broken = this.broken(report, ['appliedIds', 'failedIds', 'failures'], random);
    const stoppedBy = new GatewayError('RATE_LIMITED', 'Too many.', { retryable: true, retryAfterMs: 5 });
    return new PartiallyAppliedError(stoppedBy, broken);
  }

  /** The same object with, sometimes, one field that its type does not allow. */
  broken<Value extends object>(value: Value, fields: readonly string[], random: Random): Value {
    if (!percent(random, this.#badness.brokenFields)) return value;
    const name = pick(random, fields);
    const broken: Record<string, unknown> = {};
    if (percent(random, 10)) Object.defineProperty(broken, name, { get: throwing, enumerable: true });
    else broken[name] = pick(random, BROKEN)();
    // Copied with its getters, not with what they give.
    return Object.create(value, Object.getOwnPropertyDescriptors(broken));
  }
}

const BROKEN: ReadonlyArray<() => unknown> = [
  () => undefined,
  () => null,
  () => 'text',
  () => '',
  () => 12,
  () => 1.5,
  () => 2 ** 31,
  () => Number.NaN,
  () => true,
  () => ({}),
  () => ({ id: 5, length: 2 }),
  () => [],
  () => ['text', null, 7, {}, new Error('an item')],
  () => new Set(['one', undefined, 2]),
  () => new Error('in place of a value'),
  () => new GatewayError('UPSTREAM_BAD_RESPONSE', 'In place of a value.'),
  () => () => 'from a function',
  () => () => {
    throw new Error('from a function');
  },
  () => Symbol('a symbol'),
];

function throwing(): never {
  throw new Error('from a getter');
}

function percent(random: Random, chance: number): boolean {
  return random() * 100 < chance;
}
