import { forbidden, notFound } from './api-error.ts';
import type { CollectionsStore, StoredCollection } from './collections-store.ts';
import type { Faults } from './faults.ts';

/** The collection with this id; throws the API's 404 when there is none. */
export function findCollection(store: CollectionsStore, id: string): StoredCollection {
  const collection = store.find(id);
  if (collection !== undefined) return collection;
  throw notFound(`Collection ${id} not found`);
}

/** Answers for collections that do not exist as it is switched: throws, or lets the list be empty. */
export function checkCollections(
  store: CollectionsStore,
  ids: readonly string[],
  { unknownCollection }: Pick<Faults['list'], 'unknownCollection'>,
): void {
  switch (unknownCollection) {
    case 'empty':
      return;
    case '404':
      for (const id of ids) findCollection(store, id);
      return;
    case '403':
      if (ids.every((id) => store.find(id) !== undefined)) return;
      throw forbidden("You don't have access to this collection");
    default:
      unknownCollection satisfies never;
  }
}
