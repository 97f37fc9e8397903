import type { MembershipEdit } from '../scenario/collections/collection-calls.ts';
import {
  ConflictError,
  InvalidInputError,
  NotFoundError,
  PartiallyAppliedError,
} from '../scenario/errors.ts';
import type { MembershipResult } from '../scenario/membership/bulk-edit.ts';
import type { Members } from '../scenario/membership/edit-members.ts';
import { parseIds } from '../scenario/parse-input.ts';
import { idArgument, scenarioIdOf } from './arguments.ts';
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
  description:
    'Adds assets to a collection. Those that are in it already stay, and an id that cannot be added costs only itself.',
});
registerAssetEdit({
  field: 'removeAssetsFromCollection',
  edit: 'remove',
  done: 'removed from the collection',
  description:
    'Removes assets from a collection; the assets themselves stay. Those that are not in it count as removed.',
});
registerModelEdit({
  field: 'addModelsToCollection',
  edit: 'add',
  done: 'added to the collection',
  description:
    'Adds models to a collection. Those that are in it already stay, and an id that cannot be added costs only itself.',
});
registerModelEdit({
  field: 'removeModelsFromCollection',
  edit: 'remove',
  done: 'removed from the collection',
  description:
    'Removes models from a collection; the models themselves stay. Those that are not in it count as removed.',
});

function registerAssetEdit(wording: Wording): void {
  const input = builder.inputRef<MembersInput>(typeName(wording, 'Input'));
  input.implement({
    description: 'Which assets, and which collection.',
    fields: (t) => ({
      id: t.id({ required: true, description: "The collection's global id or Scenario id." }),
      assetIds: t.idList({
        required: true,
        description: 'Global ids or Scenario ids of the assets; repeated ones count once.',
      }),
    }),
  });
  registerEdit(wording, 'assets', input, ({ assetIds }, maxIds) => {
    const ids = assetIds?.map((id) => scenarioIdOf('Asset', id)) ?? [];
    return { kind: 'assets', ids: parseIds('Asset', ids, maxIds, ['input', 'assetIds']) };
  });
}

function registerModelEdit(wording: Wording): void {
  const input = builder.inputRef<MembersInput>(typeName(wording, 'Input'));
  input.implement({
    description: 'Which models, and which collection.',
    fields: (t) => ({
      id: t.id({ required: true, description: "The collection's global id or Scenario id." }),
      modelIds: t.idList({
        required: true,
        description: 'Global ids or Scenario ids of the models; repeated ones count once.',
      }),
    }),
  });
  registerEdit(wording, 'models', input, ({ modelIds }, maxIds) => {
    const ids = modelIds?.map((id) => scenarioIdOf('Model', id)) ?? [];
    return { kind: 'models', ids: parseIds('Model', ids, maxIds, ['input', 'modelIds']) };
  });
}

function registerEdit(
  wording: Wording,
  kind: Members['kind'],
  inputType: ReturnType<typeof builder.inputRef<MembersInput>>,
  parseMembers: (input: MembersInput, maxIds: number) => Members,
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
      resolve: (_mutation, { input }, { collections, maxBulkIds }) => {
        const id = idArgument('Collection', input.id, ['input', 'id']);
        return collections.editMembers(edit, id, parseMembers(input, maxBulkIds));
      },
    }),
  );
}

function definePayload(wording: Wording, kind: Members['kind']) {
  const { edit, done } = wording;
  const before = edit === 'add' ? 'were in it already' : 'were not in it';
  return builder.objectRef<MembershipResult>(typeName(wording, 'Payload')).implement({
    description: `The ${kind} are as asked.`,
    fields: (t) => ({
      collection: t.expose('collection', {
        type: CollectionType,
        description: 'The collection after the change.',
      }),
      [kind === 'assets' ? 'assetIds' : 'modelIds']: t.idList({
        description: `Scenario ids of all the ${kind} that were given, each once.`,
        resolve: ({ ids }) => [...ids],
      }),
      [edit === 'add' ? 'addedIds' : 'removedIds']: t.idList({
        description: `These were ${done}.`,
        resolve: ({ changedIds }) => [...changedIds],
      }),
      [edit === 'add' ? 'alreadyPresentIds' : 'notPresentIds']: t.idList({
        description: `These ${before}: nothing had to be done.`,
        resolve: ({ unchangedIds }) => [...unchangedIds],
      }),
    }),
  });
}

function typeName({ field }: Wording, suffix: string): string {
  return field.charAt(0).toUpperCase() + field.slice(1) + suffix;
}
