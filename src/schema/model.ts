import type { Model } from '../scenario/models/model.ts';
import { MAX_BULK_MODELS } from '../scenario/models/model-calls.ts';
import { checkFirst } from '../scenario/slice.ts';
import { isScenarioId } from '../shared/brands.ts';
import { idArgument, scenarioIdOf } from './arguments.ts';
import { AssetType, assetBatch } from './asset.ts';
import { builder } from './builder.ts';
import { encodeGlobalId } from './global-id.ts';
import { defineOpenEnum } from './open-enum.ts';
import { makesCalls } from './planned-calls.ts';
import { privacy } from './privacy.ts';
import { showing } from './shown.ts';
import { ThumbnailType } from './thumbnail.ts';

// Enough to choose a picture from.
const MAX_EXAMPLES = 20;

const status = defineOpenEnum('ModelStatus', 'How far the training of a model is.', {
  NEW: { word: 'new', description: 'Training has not begun.' },
  COPYING: { word: 'copying', description: 'It is being copied.' },
  TRAINING: { word: 'training', description: 'It is being trained.' },
  TRAINED: { word: 'trained', description: 'It is trained and can be used.' },
  TRAINING_CANCELED: { word: 'training-canceled', description: 'Its training was cancelled.' },
  FAILED: { word: 'failed', description: 'Its training failed.' },
});

export const ModelType = builder.objectRef<Model>('Model').implement({
  description: 'A model that generates assets.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Global id: opaque, stable, unique among all types.',
      resolve: ({ id }) => encodeGlobalId('Model', id),
    }),
    scenarioId: t.exposeID('id', { description: 'The id as the Scenario API knows it.' }),
    name: t.string(showing('name', 'Its name.')),
    shortDescription: t.string(showing('shortDescription', 'What it is good for.')),
    type: t.exposeString('type', {
      description: "The kind of model, in the Scenario API's words: an open set.",
    }),
    status: t.field(status.field('status', 'How far its training is.')),
  }),
});

builder.objectFields(ModelType, (t) => ({
  privacy: t.field(privacy.field('privacy', 'Who may see it.')),
  source: t.exposeString('source', {
    description: "Where it comes from, in the Scenario API's words: an open set.",
  }),
  tags: t.exposeStringList('tags', { description: 'Its tags.' }),
  capabilities: t.exposeStringList('capabilities', {
    description: "What it can do, in the Scenario API's words.",
  }),
  isCustom: t.exposeBoolean('isCustom', { description: 'Whether a team has trained it.' }),
  thumbnail: t.field({
    type: ThumbnailType,
    ...showing(
      'thumbnail',
      'A picture of it; null where none was chosen: then show one of its `exampleAssets`.',
    ),
  }),
  exampleAssets: t.field({
    type: [AssetType],
    nullable: true,
    description: `Examples of what it generates, at most ${MAX_EXAMPLES}. Those of a whole list are read in one upstream call.`,
    extensions: makesCalls(({ first }) => ({
      batches: [assetBatch(isFewExamples(first) ? first : 0)],
      rows: isFewExamples(first) ? first : 0,
    })),
    args: {
      first: t.arg.int({ required: true, defaultValue: 1, description: 'The largest number to return.' }),
    },
    resolve: async ({ exampleAssetIds }, { first }, { assets }) => {
      checkFirst(first, MAX_EXAMPLES);
      const ids = exampleAssetIds.filter(isScenarioId<'Asset'>).slice(0, first);
      const examples = await Promise.all(ids.map((id) => assets.load(id)));
      return examples.filter((asset) => asset !== null);
    },
  }),
  createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was created.' }),
  updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last changed.' }),
}));

function isFewExamples(first: unknown): first is number {
  return typeof first === 'number' && first >= 0 && first <= MAX_EXAMPLES;
}

/** What one model costs: a part of a bulk read. */
export function modelBatch(ids: readonly string[]) {
  return { endpoint: 'models.bulk', maxIds: MAX_BULK_MODELS, ids };
}

builder.queryField('model', (t) =>
  t.field({
    type: ModelType,
    nullable: true,
    description: 'One model; null when it does not exist. Many of one operation are read in one call.',
    extensions: makesCalls(({ id }) => ({ batches: [modelBatch([scenarioIdOf('Model', String(id))])] })),
    args: { id: t.arg.id({ required: true, description: 'Its global id or its Scenario id.' }) },
    resolve: (_query, { id }, { models }) => models.load(idArgument('Model', id, ['id'])),
  }),
);
