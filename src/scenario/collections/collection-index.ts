import type { IndexFailure } from '../../cache/index/index-kind.ts';
import type { RecordIndex } from '../../cache/index/record-index.ts';
import type { CallScope } from '../../http/call.ts';
import { GatewayError } from '../../shared/gateway-error.ts';
import { explainFailure } from '../explain-failure.ts';
import { checkFirst, missingSlice, type Slice, type SliceArguments, toSlice } from '../slice.ts';
import type { Collection } from './collection.ts';
import type { CollectionEntry } from './collection-entry.ts';
import type { CollectionFilter } from './collection-filter.ts';
import { placeOf } from './collection-order.ts';
import { countEntries, type FindQuery, findEntries } from './find-entries.ts';
import type { PlaceCursorCodecs } from './place-cursor.ts';

/** A slice of a list whose length can be asked for. */
export interface CountedSlice extends Slice<Collection> {
  /** @throws GatewayError when there is no index */
  totalCount(): number | null | Promise<number>;
}

/** Finds, sorts and counts collections, which the Scenario API cannot: out of an index of all of them. */
export class CollectionIndex {
  readonly #records: RecordIndex<Collection, CollectionEntry>;
  readonly #cursors: PlaceCursorCodecs;
  readonly #maxFirst: number;

  /** @param maxFirst largest `first` */
  constructor(
    records: RecordIndex<Collection, CollectionEntry>,
    cursors: PlaceCursorCodecs,
    maxFirst: number,
  ) {
    this.#records = records;
    this.#cursors = cursors;
    this.#maxFirst = maxFirst;
  }

  /** @throws GatewayError for a bad argument, or when there is no index */
  async find(query: FindQuery, { first, after }: SliceArguments, scope: CallScope): Promise<CountedSlice> {
    checkFirst(first, this.#maxFirst);
    const { filter, order } = query;
    const cursors = this.#cursors(filter, order);
    const place = after === null ? null : cursors.decode(after);
    if (after !== null && place === null)
      throw new GatewayError('BAD_USER_INPUT', '"after" is not a valid cursor for this filter and order.');
    // Without rows there is nothing to wait for, unless the total is asked for.
    const read = first === 0 ? null : await this.#records.read(scope);
    if (read?.ok === false) return uncounted(missingSlice(explainIndexFailure(read.failure), after));
    const found = read ? findEntries(read.value, query, place, first + 1) : [];
    const slice = toSlice(
      found.slice(0, first),
      ({ collection }) => collection,
      (entry) => cursors.encode(placeOf(entry, order.field)),
      { hasNextPage: found.length > first, hasPreviousPage: after !== null, error: null },
    );
    const totalCount = () => (read ? countEntries(read.value, filter) : this.count(filter, scope));
    return { ...slice, totalCount };
  }

  /** How many collections the filter holds for. @throws GatewayError when there is no index */
  async count(filter: CollectionFilter, scope: CallScope): Promise<number> {
    const records = await this.#records.read(scope);
    if (records.ok) return countEntries(records.value, filter);
    throw explainIndexFailure(records.failure);
  }
}

// Its error tells why there is no total as well.
function uncounted(slice: Slice<Collection>): CountedSlice {
  return { ...slice, totalCount: () => null };
}

function explainIndexFailure(failure: IndexFailure): GatewayError {
  if (failure.kind !== 'too-large') return explainFailure(failure, null);
  const message = `There are more collections than can be found, sorted or counted: at most ${failure.limit} ${failure.unit}. The list without filter and order has them all.`;
  return new GatewayError('LIMIT_EXCEEDED', message, { retryable: false }, { cause: failure });
}
