import type { Collection } from '../scenario/collections/collection.ts';
import type { MemberKind, MembershipEdit } from '../scenario/collections/collection-calls.ts';
import {
  ConflictError,
  InvalidInputError,
  NotFoundError,
  PartiallyAppliedError,
} from '../scenario/errors.ts';
import { parseAssetIds, parseModelIds } from '../scenario/parse-input.ts';
import { collectionIdArgument } from './arguments.ts';
import { builder } from './builder.ts';
import { CollectionType } from './collection.ts';
import { CALLS_OF_BULK } from './planned-calls.ts';

interface Wording {
  /** Name of the mutation; its types are named after it. */
  readonly field: string;
  readonly edit: MembershipEdit;
  readonly done: string;
  readonly description: string;
}

/** Each mutation takes one of the two lists. */
interface MembersInput {
  readonly id: string;
  readonly assetIds?: string[] | null | undefined;
  readonly modelIds?: string[] | null | undefined;
}

registerAssetEdit({
  field: 'addAssetsToCollection',
  edit: 'add',
  done: 'added to the collection',
  description: 'Adds assets to a collection. An asset that is in it already is refused.',
});
registerAssetEdit({
  field: 'removeAssetsFromCollection',
  edit: 'remove',
  done: 'removed from the collection',
  description: 'Removes assets from a collection. The assets themselves stay.',
});
registerModelEdit({
  field: 'addModelsToCollection',
  edit: 'add',
  done: 'added to the collection',
  description: 'Adds models to a collection. A model that is in it already is refused.',
});
registerModelEdit({
  field: 'removeModelsFromCollection',
  edit: 'remove',
  done: 'removed from the collection',
  description: 'Removes models from a collection. The models themselves stay.',
});

function registerAssetEdit(wording: Wording): void {
  const input = builder.inputRef<MembersInput>(typeName(wording, 'Input'));
  input.implement({
    description: 'Which assets, and which collection.',
    fields: (t) => ({
      id: t.id({ required: true, description: "The collection's global id or Scenario id." }),
      assetIds: t.idList({
        required: true,
        description: 'Scenario ids of the assets; repeated ones count once.',
      }),
    }),
  });
  registerEdit(wording, 'assets', input, ({ assetIds }, maxIds) =>
    parseAssetIds(assetIds ?? [], maxIds, ['input', 'assetIds']),
  );
}

function registerModelEdit(wording: Wording): void {
  const input = builder.inputRef<MembersInput>(typeName(wording, 'Input'));
  input.implement({
    description: 'Which models, and which collection.',
    fields: (t) => ({
      id: t.id({ required: true, description: "The collection's global id or Scenario id." }),
      modelIds: t.idList({
        required: true,
        description: 'Scenario ids of the models; repeated ones count once.',
      }),
    }),
  });
  registerEdit(wording, 'models', input, ({ modelIds }, maxIds) =>
    parseModelIds(modelIds ?? [], maxIds, ['input', 'modelIds']),
  );
}

function registerEdit(
  wording: Wording,
  kind: MemberKind,
  inputType: ReturnType<typeof builder.inputRef<MembersInput>>,
  parseIds: (input: MembersInput, maxIds: number) => string[],
): void {
  const { edit, field, description } = wording;
  const payloadType = definePayload(wording, kind);
  builder.mutationField(field, (t) =>
    t.field({
      type: payloadType,
      nullable: true,
      description,
      extensions: CALLS_OF_BULK,
      errors: { types: [InvalidInputError, NotFoundError, ConflictError, PartiallyAppliedError] },
      args: {
        input: t.arg({ type: inputType, required: true, description: `The ${kind} and the collection.` }),
      },
      resolve: async (_mutation, { input }, { collections, maxBulkIds }) => {
        const id = collectionIdArgument(input.id, ['input', 'id']);
        const ids = parseIds(input, maxBulkIds);
        return { collection: await collections.editMembers(edit, kind, id, ids), ids };
      },
    }),
  );
}

function definePayload(wording: Wording, kind: MemberKind) {
  const { done } = wording;
  return builder
    .objectRef<{ collection: Collection; ids: string[] }>(typeName(wording, 'Payload'))
    .implement({
      description: `The ${kind} were ${done}.`,
      fields: (t) => ({
        collection: t.expose('collection', {
          type: CollectionType,
          description: 'The collection after the change.',
        }),
        [kind === 'assets' ? 'assetIds' : 'modelIds']: t.exposeIDList('ids', {
          description: `The ${kind} that were ${done}, each once.`,
        }),
      }),
    });
}

function typeName({ field }: Wording, suffix: string): string {
  return field.charAt(0).toUpperCase() + field.slice(1) + suffix;
}
