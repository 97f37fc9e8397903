import type { IndexEntry } from '../../cache/index/index-kind.ts';
import type { CollectionId } from '../../shared/brands.ts';
import { foldText } from '../fold-text.ts';
import { instantOf } from '../rfc3339.ts';
import type { Collection } from './collection.ts';

/** A collection with what it is found and sorted by. Times are milliseconds since the epoch. */
export interface CollectionEntry extends IndexEntry {
  readonly id: CollectionId;
  readonly collection: Collection;
  readonly foldedName: string;
  readonly createdAt: number;
}

export function toCollection({ collection }: CollectionEntry): Collection {
  return collection;
}

export function toEntry(collection: Collection): CollectionEntry {
  return {
    id: collection.id,
    collection,
    foldedName: foldText(collection.name),
    createdAt: instantOf(collection.createdAt),
    updatedAt: instantOf(collection.updatedAt),
  };
}
