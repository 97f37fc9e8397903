import type { ReadMemory } from '../../cache/read-memory.ts';
import { Sightings } from '../../cache/sightings.ts';
import type { CallScope, Send } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import type { AssetId } from '../../shared/brands.ts';
import type { Result } from '../../shared/result.ts';
import { BulkReader } from '../bulk-reader.ts';
import type { Bulk, Page } from '../page.ts';
import { Reader } from '../reader.ts';
import type { UpstreamPath } from '../upstream-path.ts';
import type { Asset } from './asset.ts';
import { AssetCalls, type AssetList, type AssetSearch } from './asset-calls.ts';
import { assetCodec } from './asset-codec.ts';
import { decodeFound, type FoundAssets, foundRead } from './search-codec.ts';

/** The assets of the Scenario API in domain words, for all requests together. */
export class AssetsApi {
  readonly #calls: AssetCalls;
  readonly #pages: Reader<Page<Asset>>;
  readonly #bulks: BulkReader<Asset>;
  readonly #searches: Reader<FoundAssets>;

  /** @param memory keeps what was read for a time */
  constructor(send: Send, to: UpstreamPath, memory: ReadMemory) {
    const { decodePage, decodeBulk, oneRead, pageRead, bulkRead } = assetCodec;
    const seen = new Sightings(memory, oneRead.isWhole);
    const bulks = new Reader(send, memory, bulkRead, decodeBulk, seen);
    this.#calls = new AssetCalls(to);
    this.#pages = new Reader(send, memory, pageRead, decodePage, seen);
    this.#bulks = new BulkReader(bulks, seen, (ids) => this.#calls.getBulk(ids));
    this.#searches = new Reader(send, memory, foundRead, decodeFound);
  }

  list(
    list: AssetList,
    token: string | null,
    pageSize: number,
    scope: CallScope,
  ): Promise<Result<Page<Asset>, Failure>> {
    return this.#pages.read(this.#calls.list(list, token, pageSize), scope);
  }

  /** @param limit 1 to 100 */
  search(
    search: AssetSearch,
    offset: number,
    limit: number,
    scope: CallScope,
  ): Promise<Result<FoundAssets, Failure>> {
    return this.#searches.read(this.#calls.search(search, offset, limit), scope);
  }

  /** @param ids at most `MAX_BULK_ASSETS` */
  getBulk(ids: readonly AssetId[], scope: CallScope): Promise<Result<Bulk<Asset>, Failure>> {
    return this.#bulks.read(ids, scope);
  }

  /** As `getBulk`, whatever is in flight or was kept: it tells what became of a write. */
  getBulkFresh(ids: readonly AssetId[], scope: CallScope): Promise<Result<Bulk<Asset>, Failure>> {
    return this.#bulks.readFresh(ids, scope);
  }
}
