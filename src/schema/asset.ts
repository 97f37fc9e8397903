import type { Asset } from '../scenario/assets/asset.ts';
import { MAX_BULK_ASSETS } from '../scenario/assets/asset-calls.ts';
import { idArgument, scenarioIdOf } from './arguments.ts';
import { builder } from './builder.ts';
import { encodeGlobalId } from './global-id.ts';
import { defineOpenEnum } from './open-enum.ts';
import { makesCalls } from './planned-calls.ts';
import { previewUrlOf } from './preview-url.ts';
import { privacy } from './privacy.ts';
import { showing } from './shown.ts';
import { ThumbnailType } from './thumbnail.ts';

export const assetKind = defineOpenEnum('AssetKind', 'The kind of file that an asset is.', {
  AUDIO: { word: 'audio', description: 'Audio.' },
  DOCUMENT: { word: 'document', description: 'A document.' },
  IMAGE: { word: 'image', description: 'An image.' },
  IMAGE_HDR: {
    word: 'image-hdr',
    description: 'An image of high dynamic range, which browsers do not show.',
  },
  JSON: { word: 'json', description: 'Structured data.' },
  MODEL_3D: { word: '3d', description: 'A 3D object.' },
  TEXT: { word: 'text', description: 'Text.' },
  VIDEO: { word: 'video', description: 'Video.' },
});

const status = defineOpenEnum('AssetStatus', 'Whether the file of an asset is ready.', {
  PENDING: { word: 'pending', description: 'The file is being generated.' },
  SUCCESS: { word: 'success', description: 'The file is ready.' },
  ERROR: { word: 'error', description: 'The file could not be generated.' },
});

export const AssetType = builder.objectRef<Asset>('Asset').implement({
  description: 'A file that was generated or uploaded.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Global id: opaque, stable, unique among all types.',
      resolve: ({ id }) => encodeGlobalId('Asset', id),
    }),
    scenarioId: t.exposeID('id', { description: 'The id as the Scenario API knows it.' }),
    name: t.string(showing('name', 'Its name; most generated assets have none.')),
    kind: t.field(assetKind.field('kind', 'The kind of file.')),
    status: t.field(status.field('status', 'Whether its file is ready.')),
    privacy: t.field(privacy.field('privacy', 'Who may see it.')),
  }),
});

builder.objectFields(AssetType, (t) => ({
  source: t.exposeString('source', {
    description: "How it was made, in the Scenario API's words: an open set.",
  }),
  mimeType: t.string(showing('mimeType', 'The media type of its file.')),
  url: t.field({
    type: 'URL',
    ...showing(
      'url',
      'The address of its file, as the Scenario API signed it: it works for about a day, so do not store it. Null while there is none.',
    ),
  }),
  previewUrl: t.field({
    type: 'URL',
    nullable: true,
    description: 'The address of a picture of about this width, for a tile; null where there is none.',
    args: {
      width: t.arg.int({ required: true, defaultValue: 256, description: 'Width in pixels, 16 to 2048.' }),
    },
    resolve: (asset, { width }) => previewUrlOf(asset, width),
  }),
  thumbnail: t.field({
    type: ThumbnailType,
    ...showing('thumbnail', 'A picture of it; null for most images, which are their own picture.'),
  }),
  width: t.int(showing('width', 'Width in pixels; null where it has none.')),
  height: t.int(showing('height', 'Height in pixels; null where it has none.')),
  durationSeconds: t.float(
    showing('durationSeconds', 'How long it plays, in seconds; null for files that do not play.', 'duration'),
  ),
  sizeBytes: t.float(
    showing('sizeBytes', 'The size of its file in bytes; null where the Scenario API does not tell.', 'size'),
  ),
}));

builder.objectFields(AssetType, (t) => ({
  prompt: t.string(showing('prompt', 'The prompt that it was generated from; null where there is none.')),
  description: t.string(showing('description', 'A description by people or by a captioner.')),
  tags: t.exposeStringList('tags', { description: 'Its tags.' }),
  nsfw: t.exposeStringList('nsfw', {
    description: 'Labels of content that may not be safe for work; mostly empty.',
  }),
  createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was created.' }),
  updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last changed.' }),
}));

/** What one asset costs: a part of a bulk read. */
export function assetBatch(ids: readonly string[] | number) {
  return { endpoint: 'assets.bulk', maxIds: MAX_BULK_ASSETS, ids };
}

builder.queryField('asset', (t) =>
  t.field({
    type: AssetType,
    nullable: true,
    description: 'One asset; null when it does not exist. Many of one operation are read in one call.',
    extensions: makesCalls(({ id }) => ({ batches: [assetBatch([scenarioIdOf('Asset', String(id))])] })),
    args: { id: t.arg.id({ required: true, description: 'Its global id or its Scenario id.' }) },
    resolve: (_query, { id }, { assets }) => assets.load(idArgument('Asset', id, ['id'])),
  }),
);
