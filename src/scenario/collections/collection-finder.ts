import type { IndexFailure } from '../../cache/index/index-kind.ts';
import type { RecordIndex } from '../../cache/index/record-index.ts';
import type { RecordSet } from '../../cache/index/record-set.ts';
import type { CallScope } from '../../http/call.ts';
import { GatewayError } from '../../shared/gateway-error.ts';
import type { Result } from '../../shared/result.ts';
import { explainOwnRead } from '../explain-failure.ts';
import { ReadOnce } from '../read-once.ts';
import { checkFirst, missingSlice, type Slice, type SliceArguments, toSlice } from '../slice.ts';
import type { Collection } from './collection.ts';
import { type CollectionEntry, toCollection } from './collection-entry.ts';
import type { CollectionFilter } from './collection-filter.ts';
import { placeOf } from './collection-order.ts';
import { countEntries, type FindQuery, findEntries } from './find-entries.ts';
import type { PlaceCursorCodecs } from './place-cursor.ts';

/** A slice of a list whose length can be asked for. */
export interface CountedSlice extends Slice<Collection> {
  /** @throws GatewayError when there is no index */
  totalCount(): number | null | Promise<number>;
}

/** What all requests find collections with. */
export interface CollectionIndex {
  readonly records: RecordIndex<Collection, CollectionEntry>;
  readonly cursors: PlaceCursorCodecs;
}

/** Finds, sorts and counts collections, which the Scenario API cannot, for one request: out of an index of all of them. */
export class CollectionFinder {
  readonly #index: CollectionIndex;
  readonly #maxFirst: number;
  readonly #scope: CallScope;
  // One look for the whole request: what it finds is of one moment.
  readonly #reads = new ReadOnce<Result<RecordSet<CollectionEntry>, IndexFailure>>();

  /** @param maxFirst largest `first` */
  constructor(index: CollectionIndex, maxFirst: number, scope: CallScope) {
    this.#index = index;
    this.#maxFirst = maxFirst;
    this.#scope = scope;
  }

  /** @throws GatewayError for a bad argument, or when there is no index */
  async find(query: FindQuery, { first, after }: SliceArguments): Promise<CountedSlice> {
    checkFirst(first, this.#maxFirst);
    const { filter, order } = query;
    const cursors = this.#index.cursors(filter, order);
    const place = after === null ? null : cursors.decode(after);
    if (after !== null && place === null)
      throw new GatewayError('BAD_USER_INPUT', '"after" is not a valid cursor for this filter and order.');
    // Without rows there is nothing to wait for, unless the total is asked for.
    const records = first === 0 ? null : await this.#read();
    if (records?.ok === false) return uncounted(missingSlice(explainIndexFailure(records.failure), after));
    const found = records ? findEntries(records.value, query, place, first + 1) : [];
    const slice = toSlice(
      found.slice(0, first),
      toCollection,
      (entry) => cursors.encode(placeOf(entry, order.field)),
      { hasNextPage: found.length > first, hasPreviousPage: after !== null, error: null },
    );
    return { ...slice, totalCount: () => this.count(filter) };
  }

  /** How many collections the filter holds for. @throws GatewayError when there is no index */
  async count(filter: CollectionFilter): Promise<number> {
    return countEntries(await this.#readSurely(), filter);
  }

  /**
   * What the index has under each of these ids, in order: `null` for what was deleted, `undefined` for what it was never told of.
   * @throws GatewayError when there is no index
   */
  async pick(ids: readonly string[]): Promise<ReadonlyArray<Collection | null | undefined>> {
    if (ids.length === 0) return [];
    const records = await this.#readSurely();
    return ids.map((id) => {
      const entry = records.get(id);
      if (entry !== null) return toCollection(entry);
      return records.wasRemoved(id) ? null : undefined;
    });
  }

  /** Called when a write has changed what would be found. */
  forget(): void {
    this.#reads.clear();
  }

  async #readSurely(): Promise<RecordSet<CollectionEntry>> {
    const records = await this.#read();
    if (records.ok) return records.value;
    throw explainIndexFailure(records.failure);
  }

  #read(): Promise<Result<RecordSet<CollectionEntry>, IndexFailure>> {
    return this.#reads.read('', () => this.#index.records.read(this.#scope));
  }
}

// Its error tells why there is no total as well.
function uncounted(slice: Slice<Collection>): CountedSlice {
  return { ...slice, totalCount: () => null };
}

function explainIndexFailure(failure: IndexFailure): GatewayError {
  if (failure.kind !== 'too-large') return explainOwnRead(failure);
  const message = `There are more collections than can be found, sorted or counted: at most ${failure.limit} ${failure.unit}. The list without filter and order has them all.`;
  return new GatewayError('LIMIT_EXCEEDED', message, { retryable: false }, { cause: failure });
}
