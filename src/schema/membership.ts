import type { MembershipEdit } from '../scenario/collections/collection-calls.ts';
import {
  ConflictError,
  InvalidInputError,
  NotFoundError,
  PartiallyAppliedError,
} from '../scenario/errors.ts';
import type { MembershipResult } from '../scenario/membership/bulk-edit.ts';
import type { Members } from '../scenario/membership/edit-members.ts';
import { parseBoth, parseIds } from '../scenario/parse-input.ts';
import { assertNever } from '../shared/assert-never.ts';
import { idArgument, readIdArgument } from './arguments.ts';
import { builder } from './builder.ts';
import { CollectionType } from './collection.ts';
import { CALLS_OF_BULK } from './planned-calls.ts';

type Kind = Members['kind'];

/** Each mutation takes one of the two lists. */
interface MembersInput {
  readonly id: string;
  readonly assetIds?: string[] | null | undefined;
  readonly modelIds?: string[] | null | undefined;
}

const IDS_FIELD = { assets: 'assetIds', models: 'modelIds' } as const;

registerEdit('addAssetsToCollection', 'add', 'assets');
registerEdit('removeAssetsFromCollection', 'remove', 'assets');
registerEdit('addModelsToCollection', 'add', 'models');
registerEdit('removeModelsFromCollection', 'remove', 'models');

/** @param field name of the mutation; its types are named after it */
function registerEdit(field: string, edit: MembershipEdit, kind: Kind): void {
  const typePrefix = field.charAt(0).toUpperCase() + field.slice(1);
  const inputType = defineInput(`${typePrefix}Input`, kind);
  const payloadType = definePayload(`${typePrefix}Payload`, edit, kind);
  builder.mutationField(field, (t) =>
    t.field({
      type: payloadType,
      nullable: true,
      description:
        edit === 'add'
          ? `Adds ${kind} to a collection. Those that are in it already stay, and an id that cannot be added costs only itself.`
          : `Removes ${kind} from a collection; the ${kind} themselves stay. Those that are not in it count as removed.`,
      extensions: CALLS_OF_BULK,
      errors: { types: [InvalidInputError, NotFoundError, ConflictError, PartiallyAppliedError] },
      args: {
        input: t.arg({ type: inputType, required: true, description: `The ${kind} and the collection.` }),
      },
      resolve: (_mutation, { input }, { collections, maxBulkIds }) => {
        const [id, members] = parseBoth(
          () => idArgument('Collection', input.id, ['input', 'id']),
          () => parseMembers(kind, input, maxBulkIds),
        );
        return collections.editMembers(edit, id, members);
      },
    }),
  );
}

function defineInput(name: string, kind: Kind) {
  return builder.inputRef<MembersInput>(name).implement({
    description: `The ${kind} to edit, and the collection.`,
    fields: (t) => ({
      id: t.id({ required: true, description: "The collection's global id or Scenario id." }),
      [IDS_FIELD[kind]]: t.idList({
        required: true,
        description: `Global ids or Scenario ids of the ${kind}; repeated ones count once.`,
      }),
    }),
  });
}

function definePayload(name: string, edit: MembershipEdit, kind: Kind) {
  const done = edit === 'add' ? 'added to the collection' : 'removed from the collection';
  const before = edit === 'add' ? 'were in it already' : 'were not in it';
  return builder.objectRef<MembershipResult>(name).implement({
    description: `The edit is in effect for all ${kind}.`,
    fields: (t) => ({
      collection: t.expose('collection', {
        type: CollectionType,
        description: 'The collection after the change.',
      }),
      [IDS_FIELD[kind]]: t.idList({
        description: `Scenario ids of all the ${kind} that were given, each once.`,
        resolve: ({ ids }) => [...ids],
      }),
      [edit === 'add' ? 'addedIds' : 'removedIds']: t.idList({
        description: `Ids of those that were ${done}.`,
        resolve: ({ changedIds }) => [...changedIds],
      }),
      [edit === 'add' ? 'alreadyPresentIds' : 'notPresentIds']: t.idList({
        description: `Ids of those that ${before}: nothing had to be done.`,
        resolve: ({ unchangedIds }) => [...unchangedIds],
      }),
    }),
  });
}

function parseMembers(kind: Kind, input: MembersInput, maxIds: number): Members {
  const field = IDS_FIELD[kind];
  const given = input[field] ?? [];
  const parse = <Type extends 'Asset' | 'Model'>(typename: Type) =>
    parseIds(typename, given, maxIds, ['input', field], readIdArgument);
  switch (kind) {
    case 'assets':
      return { kind, ids: parse('Asset') };
    case 'models':
      return { kind, ids: parse('Model') };
    default:
      return assertNever(kind);
  }
}
