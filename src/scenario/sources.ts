import type { CallScope } from '../http/call.ts';
import type { AssetsApi } from './assets/assets-api.ts';
import { AssetsSource } from './assets/assets-source.ts';
import type { CollectionIndex } from './collections/collection-finder.ts';
import type { CollectionsApi } from './collections/collections-api.ts';
import { CollectionsSource } from './collections/collections-source.ts';
import type { IdempotentCreate } from './collections/idempotent-create.ts';
import type { ListOptions } from './list-source.ts';
import type { ModelsApi } from './models/models-api.ts';
import { ModelsSource } from './models/models-source.ts';

/** What belongs to one upstream account, for all of its requests together. */
export interface Account {
  readonly collections: CollectionsApi;
  readonly index: CollectionIndex;
  readonly idempotentCreate: IdempotentCreate;
  readonly assets: AssetsApi;
  readonly models: ModelsApi;
  readonly lists: ListOptions;
}

/** What one request sees of the account. */
export interface Sources {
  readonly collections: CollectionsSource;
  readonly assets: AssetsSource;
  readonly models: ModelsSource;
}

/** @param caller whose idempotency keys come with the request */
export function createSources(account: Account, scope: CallScope, caller: string): Sources {
  const assets = new AssetsSource(account.assets, account.lists, scope);
  const models = new ModelsSource(account.models, account.lists, scope);
  const onWrite = (): void => {
    assets.forget();
    models.forget();
  };
  return { collections: new CollectionsSource(account, scope, caller, onWrite), assets, models };
}
