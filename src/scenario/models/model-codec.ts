import { type Static, Type } from 'typebox';
import { optionalText } from '../optional.ts';
import { createResourceCodec } from '../resource-codec.ts';
import { optionalThumbnail, storedThumbnail } from '../thumbnail.ts';
import { dateTime, maybe, nullable, scenarioId, text, texts } from '../wire-types.ts';
import type { Model } from './model.ts';

const REQUIRED = {
  id: scenarioId<'Model'>('a model id'),
  type: text,
  status: text,
  privacy: text,
  source: text,
  exampleAssetIds: Type.Array(text),
  collectionIds: Type.Array(text),
  createdAt: dateTime,
  updatedAt: dateTime,
};

const wire = Type.Object({
  ...REQUIRED,
  custom: Type.Boolean(),
  name: maybe,
  shortDescription: maybe,
  thumbnail: maybe,
  tags: texts,
  capabilities: texts,
});

const stored = Type.Object(
  {
    ...REQUIRED,
    typename: Type.Literal('Model'),
    isCustom: Type.Boolean(),
    name: nullable(text),
    shortDescription: nullable(text),
    thumbnail: nullable(storedThumbnail),
    tags: Type.Array(text),
    capabilities: Type.Array(text),
  },
  { additionalProperties: false },
);

/** Reads models: from the wire, and as a gateway stored them. */
export const modelCodec = createResourceCodec({
  one: 'model',
  many: 'models',
  wire,
  toModel,
  stored,
  fromStored: (model): Model => model,
});

function toModel(model: Static<typeof wire>): Model {
  return {
    typename: 'Model',
    id: model.id,
    name: optionalText(model.name),
    shortDescription: optionalText(model.shortDescription),
    type: model.type,
    status: model.status,
    privacy: model.privacy,
    source: model.source,
    tags: model.tags ?? [],
    capabilities: model.capabilities ?? [],
    isCustom: model.custom,
    thumbnail: optionalThumbnail(model.thumbnail),
    exampleAssetIds: model.exampleAssetIds,
    createdAt: model.createdAt,
    updatedAt: model.updatedAt,
    collectionIds: model.collectionIds,
  };
}
