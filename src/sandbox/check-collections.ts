import { ApiError } from './api-error.ts';
import type { CollectionsStore } from './collections-store.ts';
import type { Faults } from './faults.ts';
import { findCollection } from './find-collection.ts';

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
      throw new ApiError({
        status: 403,
        name: 'Forbidden',
        reason: "You don't have access to this collection",
      });
    default:
      unknownCollection satisfies never;
  }
}
