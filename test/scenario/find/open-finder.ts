import type { Call, CallResult } from '../../../src/http/call.ts';
import { type CollectionFilter, NO_FILTER } from '../../../src/scenario/collections/collection-filter.ts';
import type { CollectionOrder } from '../../../src/scenario/collections/collection-order.ts';
import type { SliceArguments } from '../../../src/scenario/slice.ts';
import { failed, status } from '../../http/open-calls.ts';
import { idsUpTo, OffsetList, type OffsetListManners } from '../../support/offset-list.ts';
import { wireCollection } from '../../support/wire-collection.ts';
import { answered, openAccount } from '../open-account.ts';

type Fields = Readonly<Record<string, unknown>>;
/** What is to be found; everything by its name if not. */
export type Wanted = Partial<SliceArguments> & {
  readonly filter?: Partial<CollectionFilter>;
  readonly order?: CollectionOrder;
};

export const BY_NAME: CollectionOrder = { field: 'NAME', direction: 'ASC' };

/** The page that a call asks for; nothing is there to be read by itself. */
export function listOf(rows: readonly Fields[], manners: OffsetListManners = {}) {
  const list = new OffsetList(
    rows.map(({ id }) => String(id)),
    manners,
  );
  const byId = new Map(rows.map((row) => [String(row['id']), row]));
  return ({ path }: Call): CallResult => {
    if (path.startsWith('/collections/')) return failed(status(404));
    const query = new URLSearchParams(path.split('?')[1]);
    const { ids, nextToken } = list.page(query.get('paginationToken'), Number(query.get('pageSize')));
    const collections = ids.map((id) => wireCollection({ ...byId.get(id) }));
    return answered({ collections, nextPaginationToken: nextToken });
  };
}

/** An account with these collections, and what one request finds of them. */
export function openFinder(rows: readonly Fields[], answer = listOf(rows), options = {}) {
  const { request, sent } = openAccount(answer, options);
  const find = async ({ filter = {}, order = BY_NAME, first = 10, after = null }: Wanted = {}) => {
    const query = { filter: { ...NO_FILTER, ...filter }, order };
    const slice = await request().collections.find(query, { first, after });
    return { ...slice, ids: slice.items.map(({ id }) => id) };
  };
  return { find, sent, request };
}

/** So many collections. */
export const many = (count: number) => idsUpTo(count).map((id) => ({ id, name: id }));
