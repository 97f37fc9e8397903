import { type Static, Type } from 'typebox';
import { type CollectionId, isCollectionId } from '../../shared/brands.ts';
import { createResourceCodec } from '../resource-codec.ts';
import { optionalThumbnail } from '../thumbnail.ts';
import { count, dateTime, text } from '../wire-types.ts';
import type { Collection } from './collection.ts';

const wire = Type.Object({
  id: Type.Unsafe<CollectionId>(Type.Refine(text, isCollectionId, () => 'must be a collection id')),
  name: text,
  ownerId: text,
  assetCount: count,
  modelCount: count,
  itemCount: count,
  thumbnail: Type.Optional(Type.Unknown()),
  createdAt: dateTime,
  updatedAt: dateTime,
});

/** Reads collections: from the wire, and as a gateway stored them. */
export const collectionCodec = createResourceCodec({
  one: 'collection',
  many: 'collections',
  wire,
  stored: wire,
  toModel,
  fromStored: toModel,
});

function toModel(collection: Static<typeof wire>): Collection {
  const { id, name, ownerId, assetCount, modelCount, itemCount, thumbnail, createdAt, updatedAt } =
    collection;
  return {
    typename: 'Collection',
    id,
    name,
    ownerId,
    assetCount,
    modelCount,
    itemCount,
    thumbnail: optionalThumbnail(thumbnail),
    createdAt,
    updatedAt,
  };
}
