import type { CallScope } from '../../http/call.ts';
import { isNotFound } from '../../http/outage.ts';
import type { CollectionId, ModelId } from '../../shared/brands.ts';
import type { GatewayError } from '../../shared/gateway-error.ts';
import { explainFailure } from '../explain-failure.ts';
import { ItemLoader } from '../item-loader.ts';
import { type ListOptions, ListSource, type NamedList } from '../list-source.ts';
import { inOrder } from '../load-bulk.ts';
import type { Slice, SliceArguments } from '../slice.ts';
import type { Model } from './model.ts';
import { MAX_BULK_MODELS } from './model-calls.ts';
import type { ModelsApi } from './models-api.ts';

/** The upstream lists of a collection's models, one after the other. */
export const MODEL_LISTS = ['private', 'public'] as const;

/** The models as one request sees them: each is read once, many in one call. */
export class ModelsSource {
  readonly #api: ModelsApi;
  readonly #scope: CallScope;
  readonly #items: ItemLoader<Model>;
  readonly #lists: ListSource<Model>;

  constructor(api: ModelsApi, options: ListOptions, scope: CallScope) {
    this.#api = api;
    this.#scope = scope;
    this.#items = new ItemLoader((ids) => this.#readBulk(ids), { maxBatchSize: MAX_BULK_MODELS });
    this.#lists = new ListSource(options, this.#items);
  }

  /**
   * @returns `null` when there is no such model
   * @throws GatewayError when it cannot be read
   */
  load(id: ModelId): Promise<Model | null> {
    return this.#items.load(id);
  }

  /**
   * @returns for each id, in order, whether the model is in the collection
   * @throws GatewayError when that cannot be read for one of them
   */
  async areIn(collectionId: CollectionId, ids: readonly ModelId[]): Promise<boolean[]> {
    const models = await Promise.all(ids.map((id) => this.load(id)));
    return models.map((model) => model?.collectionIds.includes(collectionId) ?? false);
  }

  /** @throws GatewayError for a bad argument, or when not even the first page could be read */
  list(collectionId: CollectionId, wanted: SliceArguments): Promise<Slice<Model>> {
    return this.#lists.read(this.#named(collectionId), wanted);
  }

  /** Starts what `list` reads, for whoever asks for it later. */
  readAhead(collectionId: CollectionId, wanted: SliceArguments): void {
    this.#lists.readAhead(this.#named(collectionId), wanted);
  }

  /** Called when a write has changed what would be read. */
  forget(): void {
    this.#lists.forget();
    this.#items.forget();
  }

  #named(collectionId: CollectionId): NamedList<Model> {
    return {
      cursorScope: `models ${collectionId}`,
      subject: { typename: 'Collection', id: collectionId },
      parts: MODEL_LISTS.length,
      fetchPage: (part, token, pageSize) =>
        this.#api.list(collectionId, MODEL_LISTS[part] ?? 'public', token, pageSize, this.#scope),
      // Where the first list has public ones too, they come with the second.
      belongs: ({ privacy }, part) => (privacy === 'public') === (MODEL_LISTS[part] === 'public'),
    };
  }

  #readBulk(ids: readonly ModelId[]) {
    return this.#api
      .getBulk(ids, this.#scope)
      .then((bulk) => inOrder<Model>('Model', ids, bulk, (id) => this.#readOne(id)));
  }

  async #readOne(id: ModelId): Promise<Model | null | GatewayError> {
    const result = await this.#api.get(id, this.#scope);
    if (result.ok) return result.value;
    return isNotFound(result.failure) ? null : explainFailure(result.failure, { typename: 'Model', id });
  }
}
