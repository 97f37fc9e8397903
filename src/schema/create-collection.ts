import type { Collection } from '../scenario/collections/collection.ts';
import { ConflictError, InvalidInputError } from '../scenario/errors.ts';
import { parseBoth, parseIdempotencyKey, parseName } from '../scenario/parse-input.ts';
import { builder } from './builder.ts';
import { CollectionType } from './collection.ts';
import { ONE_CALL } from './planned-calls.ts';

const CreateCollectionInput = builder.inputType('CreateCollectionInput', {
  description: 'The properties of a new collection.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Its name: not blank, without control characters.' }),
    idempotencyKey: t.string({
      description:
        'Makes a repeat safe: for 24 hours the same key and name give the first outcome again instead of a second collection. A UUID is best.',
    }),
  }),
});

const CreateCollectionPayload = builder
  .objectRef<{ collection: Collection }>('CreateCollectionPayload')
  .implement({
    description: 'The collection was created.',
    fields: (t) => ({
      collection: t.expose('collection', { type: CollectionType, description: 'The new collection.' }),
    }),
  });

builder.mutationField('createCollection', (t) =>
  t.field({
    type: CreateCollectionPayload,
    nullable: true,
    description: 'Creates an empty collection.',
    extensions: ONE_CALL,
    errors: { types: [InvalidInputError, ConflictError] },
    args: {
      input: t.arg({ type: CreateCollectionInput, required: true, description: 'The new collection.' }),
    },
    resolve: async (_mutation, { input }, { collections }) => ({
      collection: await collections.create(
        ...parseBoth(
          () => parseName(input.name, ['input', 'name']),
          () => parseIdempotencyKey(input.idempotencyKey),
        ),
      ),
    }),
  }),
);
