import { ApiError } from './api-error.ts';
import type { CollectionsStore, StoredCollection } from './collections-store.ts';

/** The collection with this id; throws the API's 404 when there is none. */
export function findCollection(store: CollectionsStore, id: string): StoredCollection {
  const collection = store.find(id);
  if (collection !== undefined) return collection;
  throw new ApiError({ status: 404, name: 'NotFound', reason: `Collection ${id} not found` });
}
