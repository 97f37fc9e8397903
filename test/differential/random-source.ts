import { setImmediate } from 'node:timers/promises';
import { MemoryBudget } from '../../src/cache/memory-budget.ts';
import { LocalWriteEpoch } from '../../src/cache/write-epoch.ts';
import { Deadline } from '../../src/http/deadline.ts';
import type { Collection } from '../../src/scenario/collections/collection.ts';
import { CollectionCalls } from '../../src/scenario/collections/collection-calls.ts';
import { CollectionsApi } from '../../src/scenario/collections/collections-api.ts';
import { CollectionsSource } from '../../src/scenario/collections/collections-source.ts';
import { IdempotentCreate } from '../../src/scenario/collections/idempotent-create.ts';
import { MemoryIdempotencyStore } from '../../src/scenario/collections/memory-idempotency-store.ts';
import { createCursorCodecs } from '../../src/scenario/cursor.ts';
import {
  ConflictError,
  InvalidInputError,
  NotFoundError,
  PartiallyAppliedError,
} from '../../src/scenario/errors.ts';
import type { Slice, SliceArguments } from '../../src/scenario/list-slice.ts';
import type { WalkedRow } from '../../src/scenario/list-walk.ts';
import type { Row } from '../../src/scenario/page.ts';
import { createUpstreamPath } from '../../src/scenario/upstream-path.ts';
import { isCollectionId } from '../../src/shared/brands.ts';
import { GatewayError } from '../../src/shared/gateway-error.ts';
import { createRandom, pick, type Random } from '../faults/random.ts';

/** How bad the answers of a source are, in percent. */
export interface Badness {
  readonly failures: number;
  readonly brokenFields: number;
}

export const SCOPE = {
  requestId: 'unused',
  deadline: new Deadline(1_000),
  signal: new AbortController().signal,
  tally: { attempts: 0, retries: 0, shared: 0, cached: 0, stale: 0, staleAgeMs: 0, unconfirmed: 0 },
  calls: { made: 0, limit: 0 },
  observer: { attemptStarted: () => () => {} },
};

export const MEMORY = {
  epoch: new LocalWriteEpoch(0),
  ttlMs: 0,
  staleMs: 0,
  store: null,
  budget: new MemoryBudget(0),
};

export const LISTS = { cursors: createCursorCodecs('', []), maxPageWalk: 1 };

export const send = (): Promise<never> => Promise.reject(new Error('unused'));

/** A source whose answers a seed determines, each by what is asked for and how often it was, never by time. */
export class RandomSource extends CollectionsSource {
  readonly #seed: number;
  readonly #badness: Badness;
  readonly #asked = new Map<string, number>();
  readonly #events: string[] = [];

  constructor(seed: number, badness: Badness) {
    const collections = new CollectionsApi(send, new CollectionCalls(createUpstreamPath(null)), MEMORY);
    const idempotentCreate = new IdempotentCreate(collections, new MemoryIdempotencyStore());
    super({ collections, idempotentCreate, lists: LISTS }, SCOPE, '');
    this.#seed = seed;
    this.#badness = badness;
  }

  /** When a question was asked and when it was answered, in that order. */
  get events(): readonly string[] {
    return this.#events;
  }

  override load(id: string): Promise<Collection | null> {
    return this.answer(['load', id], (random) => {
      if (percent(random, 15)) return null;
      const collection = this.#collection(random);
      // An error that is no rejection, but a value.
      return percent(random, this.#badness.failures / 4)
        ? Object.assign(new Error('a value'), collection)
        : collection;
    });
  }

  override list(wanted: SliceArguments): Promise<Slice<Collection>> {
    return this.slice(['list', wanted], wanted, (random) => this.#collection(random));
  }

  /** A slice of random items, some of them broken. */
  slice<Item extends Row>(
    question: readonly unknown[],
    { after }: SliceArguments,
    make: (random: Random) => Item,
  ): Promise<Slice<Item>> {
    return this.answer(question, (random) => {
      const rows = Array.from({ length: Math.floor(random() * 5) }, (_, index) =>
        this.#row(random, index, make),
      );
      const error = percent(random, 25) ? new GatewayError('UPSTREAM_TIMEOUT', 'Stopped half way.') : null;
      const slice = {
        rows,
        hasNextPage: percent(random, 50),
        hasPreviousPage: after !== null,
        resumesAt: after,
        error,
        cursorOf: (row: WalkedRow<Item>) => this.#cursorOf(row.index),
      };
      return this.broken(slice, ['hasNextPage', 'hasPreviousPage'], random);
    });
  }

  #cursorOf(index: number): string {
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

  override editMembers(...args: Parameters<CollectionsSource['editMembers']>): Promise<Collection> {
    return this.answer(['editMembers', ...args], (random) => {
      if (percent(random, 25)) throw this.#partially(random);
      return this.#collection(random);
    });
  }

  /** Answers a question as the seed has it, after a time that it has too. */
  async answer<Value>(question: readonly unknown[], make: (random: Random) => Value): Promise<Value> {
    const text = JSON.stringify(question);
    const times = (this.#asked.get(text) ?? 0) + 1;
    this.#asked.set(text, times);
    const random = createRandom(this.#seed, text, times);
    this.#events.push(`asked ${text}`);
    for (let turns = Math.floor(random() * 4); turns > 0; turns -= 1) await setImmediate();
    this.#events.push(`answered ${text}`);
    if (percent(random, this.#badness.failures)) throw failure(random);
    return make(random);
  }

  #row<Item extends Row>(random: Random, index: number, make: (random: Random) => Item): WalkedRow<Item> {
    const page = { part: 0, token: null, pageSize: 5, rows: [], nextToken: null, before: 0 };
    return this.broken({ item: make(random), page, index }, ['item'], random);
  }

  #collection(random: Random): Collection {
    const id = pick(random, ['col_1', 'col_2', 'col_3']);
    if (!isCollectionId(id)) throw new Error('no id');
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
    const collection = percent(random, 30) ? null : this.#collection(random);
    const report = this.broken({ collection, ...lists }, ['appliedIds', 'failedIds'], random);
    const stoppedBy = new GatewayError('RATE_LIMITED', 'Too many.', { retryable: true, retryAfterMs: 5 });
    return new PartiallyAppliedError(stoppedBy, report);
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

function failure(random: Random): Error {
  const issue = { path: ['input', 'name'], message: 'No.' };
  return pick<() => Error>(random, [
    () => new GatewayError('UPSTREAM_UNAVAILABLE', 'Down.', { retryable: true, retryAfterMs: 1_000 }),
    () => new InvalidInputError([issue]),
    () => new InvalidInputError([issue, { ...issue, path: [] }]),
    () => new InvalidInputError([]),
    () => new NotFoundError({ typename: 'Collection', id: 'col_1' }),
    () => new ConflictError('Taken.'),
    () => new Error('plain'),
    () => new TypeError('of another class'),
    () =>
      Object.assign(new NotFoundError({ typename: 'Collection', id: 'col_2' }), {
        code: 'NO_CODE_OF_THE_ENUM',
      }),
    () => Object.assign(new NotFoundError({ typename: 'Collection', id: 'col_2' }), { subject: undefined }),
  ])();
}

function percent(random: Random, chance: number): boolean {
  return random() * 100 < chance;
}
