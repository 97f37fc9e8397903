import { type Static, Type } from 'typebox';
import { firstOf, optionalCount, optionalNumber, optionalText, optionalUrl } from '../optional.ts';
import { createResourceCodec } from '../resource-codec.ts';
import { optionalThumbnail, storedThumbnail } from '../thumbnail.ts';
import { dateTime, maybe, nullable, scenarioId, text, texts } from '../wire-types.ts';
import type { Asset } from './asset.ts';

/** An asset's id on the wire. */
export const assetId = scenarioId<'Asset'>('an asset id');
const open = Type.Optional(Type.Record(text, Type.Unknown()));

const wire = Type.Object({
  id: assetId,
  kind: text,
  status: text,
  privacy: text,
  source: text,
  collectionIds: Type.Array(text),
  createdAt: dateTime,
  updatedAt: dateTime,
  mimeType: maybe,
  url: maybe,
  thumbnail: maybe,
  description: maybe,
  tags: texts,
  nsfw: texts,
  metadata: open,
  properties: open,
});

const stored = Type.Object(
  {
    typename: Type.Literal('Asset'),
    id: assetId,
    name: nullable(text),
    kind: text,
    status: text,
    privacy: text,
    source: text,
    mimeType: nullable(text),
    url: nullable(text),
    thumbnail: nullable(storedThumbnail),
    width: nullable(Type.Number()),
    height: nullable(Type.Number()),
    durationSeconds: nullable(Type.Number()),
    sizeBytes: nullable(Type.Number()),
    prompt: nullable(text),
    description: nullable(text),
    tags: Type.Array(text),
    nsfw: Type.Array(text),
    createdAt: dateTime,
    updatedAt: dateTime,
    collectionIds: Type.Array(text),
  },
  { additionalProperties: false },
);

/** Reads assets: from the wire, and as a gateway stored them. */
export const assetCodec = createResourceCodec({
  one: 'asset',
  many: 'assets',
  wire,
  toModel,
  stored,
  fromStored: (asset): Asset => asset,
});

function toModel(asset: Static<typeof wire>): Asset {
  const { metadata = {}, properties = {} } = asset;
  return {
    typename: 'Asset',
    id: asset.id,
    // Uploads have one, generated assets mostly do not.
    name: optionalText(metadata['name']),
    kind: asset.kind,
    status: asset.status,
    privacy: asset.privacy,
    source: asset.source,
    mimeType: optionalText(asset.mimeType),
    url: optionalUrl(asset.url),
    thumbnail: optionalThumbnail(asset.thumbnail),
    width: firstOf(optionalCount(properties['width']), optionalCount(metadata['width'])),
    height: firstOf(optionalCount(properties['height']), optionalCount(metadata['height'])),
    durationSeconds: optionalNumber(properties['duration']),
    sizeBytes: firstOf(optionalNumber(properties['size']), optionalNumber(metadata['size'])),
    prompt: optionalText(metadata['prompt']),
    description: optionalText(asset.description),
    tags: asset.tags ?? [],
    nsfw: asset.nsfw ?? [],
    createdAt: asset.createdAt,
    updatedAt: asset.updatedAt,
    collectionIds: asset.collectionIds,
  };
}
