import type { ReadMemory } from '../../cache/read-memory.ts';
import type { CallScope, Send } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import type { AssetId } from '../../shared/brands.ts';
import type { Result } from '../../shared/result.ts';
import type { Bulk, Page } from '../page.ts';
import { Reader } from '../reader.ts';
import type { UpstreamPath } from '../upstream-path.ts';
import type { Asset } from './asset.ts';
import { AssetCalls, type AssetList } from './asset-calls.ts';
import { assetCodec } from './asset-codec.ts';

/** The assets of the Scenario API in domain words, for all requests together. */
export class AssetsApi {
  readonly #calls: AssetCalls;
  readonly #pages: Reader<Page<Asset>>;
  readonly #bulks: Reader<Bulk<Asset>>;

  /** @param memory keeps what was read for a time */
  constructor(send: Send, to: UpstreamPath, memory: ReadMemory) {
    const { decodePage, decodeBulk, pageRead, bulkRead } = assetCodec;
    this.#calls = new AssetCalls(to);
    this.#pages = new Reader(send, memory, pageRead, decodePage);
    this.#bulks = new Reader(send, memory, bulkRead, decodeBulk);
  }

  list(
    list: AssetList,
    token: string | null,
    pageSize: number,
    scope: CallScope,
  ): Promise<Result<Page<Asset>, Failure>> {
    return this.#pages.read(this.#calls.list(list, token, pageSize), scope);
  }

  /** @param ids at most `MAX_BULK_ASSETS` */
  getBulk(ids: readonly AssetId[], scope: CallScope): Promise<Result<Bulk<Asset>, Failure>> {
    return this.#bulks.read(this.#calls.getBulk(ids), scope);
  }

  /** As `getBulk`, whatever is in flight or was kept: it tells what became of a write. */
  getBulkFresh(ids: readonly AssetId[], scope: CallScope): Promise<Result<Bulk<Asset>, Failure>> {
    return this.#bulks.readFresh(this.#calls.getBulk(ids), scope);
  }
}
