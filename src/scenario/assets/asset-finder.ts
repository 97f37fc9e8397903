import type { CallScope } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import { GatewayError } from '../../shared/gateway-error.ts';
import { fail, type Result, succeed } from '../../shared/result.ts';
import { explainFailure } from '../explain-failure.ts';
import { type ListOptions, ListSource } from '../list-source.ts';
import type { Page, Row } from '../page.ts';
import { MAX_PAGE_SIZE } from '../position.ts';
import type { Reader } from '../reader.ts';
import type { ResourceReads } from '../resource-reads.ts';
import type { Slice, SliceArguments } from '../slice.ts';
import type { Asset } from './asset.ts';
import { type AssetSearch, getAssets, searchAssets } from './asset-calls.ts';
import type { FoundAssets } from './search-codec.ts';

/** Upstream calls for a page of what is found: the search, and a bulk read of its hits. */
export const CALLS_PER_SEARCH_PAGE = 2;

/** What assets are read with for longer than one request. */
export interface AssetReads {
  readonly assets: ResourceReads<Asset>;
  readonly searches: Reader<FoundAssets>;
  readonly lists: ListOptions;
}

/** What a search found, with the asset as it is now; `null` for one that has gone since. */
interface Hit extends Row {
  readonly asset: Asset | null;
}

/** Finds assets by the upstream's search, for one request. */
export class AssetFinder {
  readonly #options: AssetReads;
  readonly #scope: CallScope;
  readonly #hits: ListSource<Hit>;

  constructor(options: AssetReads, scope: CallScope) {
    this.#options = options;
    this.#scope = scope;
    this.#hits = new ListSource(options.lists, null);
  }

  /** @throws GatewayError for a bad argument, or when not even the first page could be read */
  async find(search: AssetSearch, wanted: SliceArguments): Promise<Slice<Asset>> {
    const slice = await this.#hits.read(
      {
        cursorScope: `assets found ${JSON.stringify(search)}`,
        subject: null,
        parts: 1,
        fetchPage: (_part, token, pageSize) => this.#readPage(search, Number(token ?? 0), pageSize),
        belongs: ({ asset }) => asset !== null,
        explain,
      },
      wanted,
    );
    return { ...slice, items: slice.items.flatMap(({ asset }) => asset ?? []) };
  }

  /** Called when a write has changed what would be found. */
  forget(): void {
    this.#hits.forget();
  }

  // Where every hit of a page has gone, so may those of the next: it is as large as can be.
  async #readPage(search: AssetSearch, offset: number, limit: number): Promise<Result<Page<Hit>, Failure>> {
    const rows: Hit[] = [];
    let place = { offset, limit };
    for (;;) {
      const page = await this.#readHits(search, place.offset, place.limit);
      if (!page.ok) return page;
      rows.push(...page.value.rows);
      const { nextToken } = page.value;
      if (nextToken === null || page.value.rows.some(({ asset }) => asset !== null))
        return succeed({ rows, nextToken });
      place = { offset: Number(nextToken), limit: MAX_PAGE_SIZE };
    }
  }

  async #readHits(search: AssetSearch, offset: number, limit: number): Promise<Result<Page<Hit>, Failure>> {
    const { assets: reads, searches } = this.#options;
    const found = await searches.read(searchAssets(search, offset, limit), this.#scope);
    if (!found.ok) return found;
    const ids = [...new Set(found.value.ids.slice(0, limit))];
    const bulk = await reads.bulk(ids, getAssets, this.#scope);
    if (!bulk.ok) return bulk;
    if (bulk.value.malformedIds.length > 0) return fail({ kind: 'malformed', issue: 'in a bulk read' });
    const assets = new Map(bulk.value.rows.map((asset) => [asset.id, asset]));
    return succeed({
      rows: ids.map((id) => ({ id, asset: assets.get(id) ?? null })),
      nextToken: nextOffset(found.value, offset, limit),
    });
  }
}

// A page of nothing is the end. The estimate can be too large, but counts at least what has come. Without one, a page that is
// full may have a next one.
function nextOffset({ ids, estimatedTotal }: FoundAssets, offset: number, limit: number): string | null {
  if (ids.length === 0) return null;
  const end = offset + Math.min(ids.length, limit);
  const isEstimated = estimatedTotal !== null && estimatedTotal >= end;
  const hasMore = isEstimated ? estimatedTotal > end : ids.length >= limit;
  return hasMore ? String(end) : null;
}

function explain(failure: Failure): GatewayError {
  if (failure.kind !== 'status' || !failure.planCeiling) return explainFailure(failure, null);
  const message =
    'The Scenario plan allows no more searches. Waiting does not lift that; the list without a filter needs no search.';
  return new GatewayError('QUOTA_EXCEEDED', message, { retryable: false }, { cause: failure });
}
