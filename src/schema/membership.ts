import type { MembershipEdit } from '../scenario/collection-calls.ts';
import {
  ConflictError,
  InvalidInputError,
  NotFoundError,
  PartiallyAppliedError,
} from '../scenario/errors.ts';
import type { Collection } from '../scenario/model.ts';
import { parseAssetIds, parseModelIds } from '../scenario/parse-input.ts';
import { collectionIdArgument } from './arguments.ts';
import { builder } from './builder.ts';
import { CollectionType } from './collection.ts';
import { CALLS_OF_BULK } from './planned-calls.ts';

const errorTypes = [InvalidInputError, NotFoundError, ConflictError, PartiallyAppliedError];

interface Wording {
  readonly edit: MembershipEdit;
  readonly field: string;
  readonly done: string;
  readonly description: string;
}

registerAssetEdit({
  edit: 'add',
  field: 'addAssetsToCollection',
  done: 'added to the collection',
  description: 'Adds assets to a collection. An asset that is in it already is refused.',
});
registerAssetEdit({
  edit: 'remove',
  field: 'removeAssetsFromCollection',
  done: 'removed from the collection',
  description: 'Removes assets from a collection. The assets themselves stay.',
});
registerModelEdit({
  edit: 'add',
  field: 'addModelsToCollection',
  done: 'added to the collection',
  description: 'Adds models to a collection. A model that is in it already is refused.',
});
registerModelEdit({
  edit: 'remove',
  field: 'removeModelsFromCollection',
  done: 'removed from the collection',
  description: 'Removes models from a collection. The models themselves stay.',
});

function registerAssetEdit({ edit, field, done, description }: Wording): void {
  const { inputName, payloadName } = namesOf(field);
  const Input = builder.inputType(inputName, {
    description: 'Which assets, and which collection.',
    fields: (t) => ({
      id: t.id({ required: true, description: "The collection's global id or Scenario id." }),
      assetIds: t.idList({
        required: true,
        description: 'Scenario ids of the assets; repeated ones count once.',
      }),
    }),
  });
  const Payload = builder.objectRef<{ collection: Collection; ids: string[] }>(payloadName).implement({
    description: `The assets were ${done}.`,
    fields: (t) => ({
      collection: t.expose('collection', {
        type: CollectionType,
        description: 'The collection after the change.',
      }),
      assetIds: t.exposeIDList('ids', { description: `The assets that were ${done}, each once.` }),
    }),
  });
  builder.mutationField(field, (t) =>
    t.field({
      type: Payload,
      nullable: true,
      description,
      extensions: CALLS_OF_BULK,
      errors: { types: errorTypes },
      args: { input: t.arg({ type: Input, required: true, description: 'The assets and the collection.' }) },
      resolve: async (_mutation, { input }, { collections, maxBulkIds }) => {
        const id = collectionIdArgument(input.id, ['input', 'id']);
        const ids = parseAssetIds(input.assetIds, maxBulkIds, ['input', 'assetIds']);
        return { collection: await collections.editMembers(edit, 'assets', id, ids), ids };
      },
    }),
  );
}

function registerModelEdit({ edit, field, done, description }: Wording): void {
  const { inputName, payloadName } = namesOf(field);
  const Input = builder.inputType(inputName, {
    description: 'Which models, and which collection.',
    fields: (t) => ({
      id: t.id({ required: true, description: "The collection's global id or Scenario id." }),
      modelIds: t.idList({
        required: true,
        description: 'Scenario ids of the models; repeated ones count once.',
      }),
    }),
  });
  const Payload = builder.objectRef<{ collection: Collection; ids: string[] }>(payloadName).implement({
    description: `The models were ${done}.`,
    fields: (t) => ({
      collection: t.expose('collection', {
        type: CollectionType,
        description: 'The collection after the change.',
      }),
      modelIds: t.exposeIDList('ids', { description: `The models that were ${done}, each once.` }),
    }),
  });
  builder.mutationField(field, (t) =>
    t.field({
      type: Payload,
      nullable: true,
      description,
      extensions: CALLS_OF_BULK,
      errors: { types: errorTypes },
      args: { input: t.arg({ type: Input, required: true, description: 'The models and the collection.' }) },
      resolve: async (_mutation, { input }, { collections, maxBulkIds }) => {
        const id = collectionIdArgument(input.id, ['input', 'id']);
        const ids = parseModelIds(input.modelIds, maxBulkIds, ['input', 'modelIds']);
        return { collection: await collections.editMembers(edit, 'models', id, ids), ids };
      },
    }),
  );
}

function namesOf(field: string): { readonly inputName: string; readonly payloadName: string } {
  const typeName = field.charAt(0).toUpperCase() + field.slice(1);
  return { inputName: `${typeName}Input`, payloadName: `${typeName}Payload` };
}
