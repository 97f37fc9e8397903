import { ConflictError, InvalidInputError, NotFoundError } from '../scenario/errors.ts';
import type { CollectionId } from '../shared/brands.ts';
import { idArgument } from './arguments.ts';
import { builder } from './builder.ts';
import { encodeGlobalId } from './global-id.ts';
import { ONE_CALL } from './planned-calls.ts';

const DeleteCollectionInput = builder.inputType('DeleteCollectionInput', {
  description: 'Which collection to delete.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Its global id or its Scenario id.' }),
  }),
});

const DeleteCollectionPayload = builder.objectRef<{ id: CollectionId }>('DeleteCollectionPayload').implement({
  description: 'The collection was deleted.',
  fields: (t) => ({
    deletedCollectionId: t.id({
      description: 'Global id of the deleted collection, to remove it from a cache.',
      resolve: ({ id }) => encodeGlobalId('Collection', id),
    }),
  }),
});

builder.mutationField('deleteCollection', (t) =>
  t.field({
    type: DeleteCollectionPayload,
    nullable: true,
    description: 'Deletes a collection. The assets and models in it stay.',
    extensions: ONE_CALL,
    errors: { types: [InvalidInputError, NotFoundError, ConflictError] },
    args: { input: t.arg({ type: DeleteCollectionInput, required: true, description: 'The collection.' }) },
    resolve: async (_mutation, { input }, { collections }) => {
      const id = idArgument('Collection', input.id, ['input', 'id']);
      await collections.delete(id);
      return { id };
    },
  }),
);
