import { Hono } from 'hono';
import { badRequest, forbidden, notFound } from '../api-error.ts';
import type { Faults } from '../faults.ts';
import { checkCollections } from '../find-collection.ts';
import { type PageRequest, planPage } from '../list-page.ts';
import type { SandboxEnv, SandboxParts } from '../sandbox-env.ts';
import { parseJson } from '../wire.ts';
import { isForeign } from './admit-ids.ts';
import type { ItemQuery } from './item-query.ts';
import type { LibraryItem, MemberKind } from './library-item.ts';
import { singleValues } from './list-query.ts';
import { readMany } from './read-many.ts';

type WireRecord = Readonly<Record<string, unknown>>;

export interface ListRequest {
  page: PageRequest;
  items: ItemQuery;
}

export interface BulkRequest {
  ids: readonly string[];
  /** What of a record the caller wants. */
  shape(record: WireRecord): WireRecord;
}

/** What differs between assets and models. */
export interface LibraryResource {
  kind: MemberKind;
  /** Throws the API's 400s. */
  readList(query: Readonly<Record<string, string>>, list: Faults['list']): ListRequest;
  readBulk(body: unknown): BulkRequest;
  maxBulk(bulk: Faults['bulk']): number;
  toWire(item: LibraryItem, collectionIds: readonly string[]): WireRecord;
}

/** List, bulk read and single read, to be mounted at `/v1/assets` or `/v1/models`. */
export function libraryRoutes(
  { store, library, faults }: SandboxParts,
  { kind, ...resource }: LibraryResource,
): Hono<SandboxEnv> {
  const routes = new Hono<SandboxEnv>();
  const show = (item: LibraryItem) => resource.toWire(item, library.collectionIdsOf(kind, item.id));

  routes.get('/', (c) => {
    const { list } = faults.current;
    const { page, items } = resource.readList(singleValues(c.req.queries()), list);
    checkCollections(store, items.collectionIds ?? [], list);
    const { from, take, nextToken } = planPage(page, library.count(items), list);
    const records = library.list(items, from, take).map(show);
    // JSON leaves an undefined token out.
    return c.json({ [`${kind}s`]: records, nextPaginationToken: nextToken });
  });

  routes.post('/get-bulk', async (c) => {
    const { bulk } = faults.current;
    const { ids, shape } = resource.readBulk(parseJson(await c.req.text()));
    const most = resource.maxBulk(bulk);
    if (ids.length > most) throw badRequest(`Limit of ${most} ${kind}s`);
    return c.json({ [`${kind}s`]: readMany(library, kind, ids, bulk).map((item) => shape(show(item))) });
  });

  routes.get('/:id', (c) => {
    const id = c.req.param('id');
    if (isForeign(kind, id)) throw forbidden(`You don't have access to this ${kind}`);
    const item = library.find(kind, id);
    if (item === undefined) throw notFound(`No ${kind} ${id}`);
    return c.json({ [kind]: show(item) });
  });

  return routes;
}
