import { type Static, Type } from 'typebox';
import { createResourceCodec } from '../resource-codec.ts';
import { optionalThumbnail } from '../thumbnail.ts';
import { count, dateTime, maybe, scenarioId, text } from '../wire-types.ts';
import type { Collection } from './collection.ts';

const wire = Type.Object({
  id: scenarioId<'Collection'>('a collection id'),
  name: text,
  ownerId: text,
  assetCount: count,
  modelCount: count,
  itemCount: count,
  thumbnail: maybe,
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
