import { AssetType } from './asset.ts';
import { builder } from './builder.ts';
import { CollectionType } from './collection.ts';
import { ModelType } from './model.ts';
import { indexRead } from './planned-calls.ts';

// An item is in a few collections; nobody knows in how many before it is read.
const EXPECTED_COLLECTIONS = 5;

const DESCRIPTION =
  'The collections that it is in, as far as the index of all collections has them: no call for each. Null, with an error, where the index cannot be had.';

builder.objectField(AssetType, 'collections', (t) =>
  t.field({
    type: [CollectionType],
    nullable: true,
    description: DESCRIPTION,
    extensions: indexRead(EXPECTED_COLLECTIONS),
    resolve: ({ collectionIds }, _args, { collections }) => collections.pick(collectionIds),
  }),
);

builder.objectField(ModelType, 'collections', (t) =>
  t.field({
    type: [CollectionType],
    nullable: true,
    description: DESCRIPTION,
    extensions: indexRead(EXPECTED_COLLECTIONS),
    resolve: ({ collectionIds }, _args, { collections }) => collections.pick(collectionIds),
  }),
);
