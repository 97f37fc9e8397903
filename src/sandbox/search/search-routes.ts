import { type Context, Hono } from 'hono';
import type { LibraryItem, MemberKind } from '../library/library-item.ts';
import type { SandboxEnv, SandboxParts } from '../sandbox-env.ts';
import { parseJson } from '../wire.ts';
import { findDocuments } from './find-documents.ts';
import { parseFilter } from './parse-filter.ts';
import { SearchCorpus, type SearchDescription } from './search-corpus.ts';
import { readSearch, type SearchSlice } from './search-query.ts';

/** What differs between searching assets and models. */
export interface SearchResource {
  kind: MemberKind;
  filterable: ReadonlySet<string>;
  describe(item: LibraryItem): SearchDescription;
  toHit(item: LibraryItem, collectionIds: readonly string[]): Readonly<Record<string, unknown>>;
}

/** One search, to be mounted at `/v1/search`. */
export function searchRoutes(
  { library, journal, faults }: SandboxParts,
  resource: SearchResource,
): Hono<SandboxEnv> {
  const routes = new Hono<SandboxEnv>();
  const { kind, filterable } = resource;
  const corpus = new SearchCorpus(library, faults, kind, resource.describe);
  routes.post(`/${kind}s`, async (c) => {
    const { lagMs, excess } = faults.current.search;
    if (!faults.countSearch()) return quotaExceeded(c);
    const { filter, slice, ...asked } = readSearch(parseJson(await c.req.text()), c.req.query('offset'));
    const collectionIdsOf = journal.collectionsAsIndexed(kind, lagMs);
    const deleted = journal.deletedSince(kind, Date.now() - lagMs);
    const found = findDocuments(corpus.documents(deleted), {
      ...asked,
      collectionIdsOf,
      filter: filter === '' ? undefined : parseFilter(filter, filterable),
    });
    const hits = found
      .slice(slice.from, slice.from + slice.take)
      .map(({ item }) => resource.toHit(item, collectionIdsOf(item.id)));
    return c.json({ hits, ...totals(slice, found.length, excess) });
  });
  return routes;
}

/** Only pages tell the true total; the other is an estimate, which can be too large. */
function totals({ from, take, page }: SearchSlice, total: number, excess: number): Record<string, number> {
  const range = { limit: take, offset: from };
  if (page === undefined) return { ...range, estimatedTotalHits: total + excess };
  return { ...range, page, hitsPerPage: take, totalHits: total, totalPages: Math.ceil(total / take) };
}

/** The search has a quota and a form of error of its own. */
function quotaExceeded(c: Context<SandboxEnv>): Response {
  return c.json({ error: 'Quota exceeded for search', code: 'QUOTA_EXCEEDED' }, 429);
}
