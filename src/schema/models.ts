import { MODEL_LISTS } from '../scenario/models/model-calls.ts';
import { idsArgument, scenarioIdOf } from './arguments.ts';
import { builder } from './builder.ts';
import { CollectionType } from './collection.ts';
import { defineConnection, sliceArguments, sliceOf, toConnection } from './connection.ts';
import { ModelType, modelBatch } from './model.ts';
import { callsOfConnection, makesCalls, withReadAhead } from './planned-calls.ts';

const ModelConnection = defineConnection(ModelType, {
  type: 'Model',
  item: 'model',
  items: 'models',
  list: 'a list of models',
  totalCount: { description: 'How many models the list has in all.' },
});

builder.objectField(CollectionType, 'models', (t) =>
  t.field({
    type: ModelConnection,
    nullable: true,
    description: 'The models in it, private ones first, then public ones. Two upstream calls for each 100.',
    extensions: withReadAhead(
      callsOfConnection(() => MODEL_LISTS.length),
      (parent, args, { models }) => {
        if (parent.typename === 'Collection') models.readAhead(parent.id, sliceOf(args));
      },
    ),
    args: sliceArguments('models', 20),
    resolve: ({ id, modelCount }, { first, after }, context, info) =>
      context.models
        .list(id, { first, after: after ?? null })
        .then((slice) => toConnection(slice, context, info, modelCount)),
  }),
);

builder.objectField(CollectionType, 'containsModels', (t) =>
  t.field({
    type: ['Boolean'],
    nullable: true,
    description:
      'Whether each of these models is in it, in order. One upstream call for each 50 different ids, for all collections of the operation together.',
    extensions: makesCalls(({ modelIds }, { maxBulkIds }) =>
      Array.isArray(modelIds) && modelIds.length <= maxBulkIds
        ? { batches: [modelBatch(modelIds.map((id) => scenarioIdOf('Model', String(id))))] }
        : {},
    ),
    args: {
      modelIds: t.arg.idList({ required: true, description: 'Global ids or Scenario ids of the models.' }),
    },
    resolve: ({ id }, { modelIds }, { models, maxBulkIds }) =>
      models.areIn(id, idsArgument('Model', modelIds, maxBulkIds, ['modelIds'])),
  }),
);
