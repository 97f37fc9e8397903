import type { ReadMemory } from '../../cache/read-memory.ts';
import { Sightings } from '../../cache/sightings.ts';
import type { CallScope, Send } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import type { CollectionId, ModelId } from '../../shared/brands.ts';
import type { Result } from '../../shared/result.ts';
import { BulkReader } from '../bulk-reader.ts';
import type { Bulk, Page } from '../page.ts';
import { Reader } from '../reader.ts';
import type { UpstreamPath } from '../upstream-path.ts';
import type { Model } from './model.ts';
import { ModelCalls, type ModelPrivacy } from './model-calls.ts';
import { modelCodec } from './model-codec.ts';

/** The models of the Scenario API in domain words, for all requests together. */
export class ModelsApi {
  readonly #calls: ModelCalls;
  readonly #pages: Reader<Page<Model>>;
  readonly #bulks: BulkReader<Model>;
  readonly #models: Reader<Model>;
  readonly #seen: Sightings<Model>;

  /** @param memory keeps what was read for a time */
  constructor(send: Send, to: UpstreamPath, memory: ReadMemory) {
    const { decodeOne, decodePage, decodeBulk, oneRead, pageRead, bulkRead } = modelCodec;
    this.#calls = new ModelCalls(to);
    this.#seen = new Sightings(memory, oneRead.isWhole);
    this.#pages = new Reader(send, memory, pageRead, decodePage, this.#seen);
    const bulks = new Reader(send, memory, bulkRead, decodeBulk, this.#seen);
    this.#bulks = new BulkReader(bulks, this.#seen, (ids) => this.#calls.getBulk(ids));
    this.#models = new Reader(send, memory, oneRead, decodeOne);
  }

  list(
    collectionId: CollectionId,
    privacy: ModelPrivacy,
    token: string | null,
    pageSize: number,
    scope: CallScope,
  ): Promise<Result<Page<Model>, Failure>> {
    return this.#pages.read(this.#calls.list(collectionId, privacy, token, pageSize), scope);
  }

  get(id: ModelId, scope: CallScope): Promise<Result<Model, Failure>> {
    return this.#models.read(this.#calls.retrieve(id), scope, this.#seen.of(id));
  }

  /** As `get`, whatever is in flight or was kept: it tells what became of a write. */
  getFresh(id: ModelId, scope: CallScope): Promise<Result<Model, Failure>> {
    return this.#models.readFresh(this.#calls.retrieve(id), scope);
  }

  /** @param ids at most `MAX_BULK_MODELS` */
  getBulk(ids: readonly ModelId[], scope: CallScope): Promise<Result<Bulk<Model>, Failure>> {
    return this.#bulks.read(ids, scope);
  }

  /** As `getBulk`, whatever is in flight or was kept: it tells what became of a write. */
  getBulkFresh(ids: readonly ModelId[], scope: CallScope): Promise<Result<Bulk<Model>, Failure>> {
    return this.#bulks.readFresh(ids, scope);
  }
}
