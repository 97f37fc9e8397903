import type { CallScope } from '../http/call.ts';
import { assetCodec } from './assets/asset-codec.ts';
import { AssetsSource } from './assets/assets-source.ts';
import { foundKind } from './assets/search-codec.ts';
import type { CollectionIndex } from './collections/collection-finder.ts';
import type { CollectionsApi } from './collections/collections-api.ts';
import { CollectionsSource } from './collections/collections-source.ts';
import type { IdempotentCreate } from './collections/idempotent-create.ts';
import type { ListOptions } from './list-source.ts';
import { modelCodec } from './models/model-codec.ts';
import { ModelsSource } from './models/models-source.ts';
import { Reader, type ReadWay } from './reader.ts';
import { ResourceReads } from './resource-reads.ts';

/** What is read for all requests of an account together, beside its collections. */
export type Reads = ReturnType<typeof createReads>;

export function createReads(way: ReadWay) {
  return {
    assets: new ResourceReads(way, assetCodec),
    searches: new Reader(way, foundKind),
    models: new ResourceReads(way, modelCodec),
  };
}

/** What belongs to one upstream account, for all of its requests together. */
export interface Account extends Reads {
  readonly collections: CollectionsApi;
  readonly index: CollectionIndex;
  readonly idempotentCreate: IdempotentCreate;
  readonly lists: ListOptions;
}

/** What one request sees of the account: each source is made when it is first asked for, as most requests read one list. */
export class RequestSources {
  readonly #account: Account;
  readonly #scope: CallScope;
  readonly #caller: string;
  #collections: CollectionsSource | null = null;
  #assets: AssetsSource | null = null;
  #models: ModelsSource | null = null;

  /** @param caller whose idempotency keys come with the request */
  constructor(account: Account, scope: CallScope, caller: string) {
    this.#account = account;
    this.#scope = scope;
    this.#caller = caller;
  }

  get collections(): CollectionsSource {
    this.#collections ??= new CollectionsSource(this.#account, this.#scope, this.#caller, () => {
      for (const source of [this.#assets, this.#models]) source?.forget();
    });
    return this.#collections;
  }

  get assets(): AssetsSource {
    this.#assets ??= new AssetsSource(this.#account, this.#scope);
    return this.#assets;
  }

  get models(): ModelsSource {
    this.#models ??= new ModelsSource(this.#account, this.#scope);
    return this.#models;
  }
}

export type Sources = Pick<RequestSources, keyof RequestSources>;
