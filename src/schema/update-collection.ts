import type { Collection } from '../scenario/collections/collection.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../scenario/errors.ts';
import { parseBoth, parseChange } from '../scenario/parse-input.ts';
import { idArgument, readIdArgument } from './arguments.ts';
import { builder } from './builder.ts';
import { CollectionType } from './collection.ts';
import { ONE_CALL } from './planned-calls.ts';

const UpdateCollectionInput = builder.inputType('UpdateCollectionInput', {
  description: 'The changes to a collection. Fields that are left out stay as they are.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Its global id or its Scenario id.' }),
    name: t.string({ description: 'The new name: not blank, without control characters.' }),
    thumbnailAssetId: t.id({
      description:
        'The asset to show as its thumbnail, by its global id or its Scenario id; null unsets the thumbnail.',
    }),
  }),
});

const UpdateCollectionPayload = builder
  .objectRef<{ collection: Collection }>('UpdateCollectionPayload')
  .implement({
    description: 'The collection was changed.',
    fields: (t) => ({
      collection: t.expose('collection', {
        type: CollectionType,
        description: 'The collection after the change.',
      }),
    }),
  });

builder.mutationField('updateCollection', (t) =>
  t.field({
    type: UpdateCollectionPayload,
    nullable: true,
    description: "Changes a collection's name, its thumbnail, or both.",
    extensions: ONE_CALL,
    errors: { types: [InvalidInputError, NotFoundError, ConflictError] },
    args: { input: t.arg({ type: UpdateCollectionInput, required: true, description: 'The change.' }) },
    resolve: async (_mutation, { input }, { collections }) => ({
      collection: await collections.update(
        ...parseBoth(
          () => idArgument('Collection', input.id, ['input', 'id']),
          () => parseChange(input, readIdArgument),
        ),
      ),
    }),
  }),
);
