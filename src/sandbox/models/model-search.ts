import type { LibraryItem } from '../library/library-item.ts';
import { AUTHOR_ID, TEAM_ID } from '../owners.ts';
import type { SandboxParts } from '../sandbox-env.ts';
import { pickFields } from '../search/pick-fields.ts';
import type { SearchDescription } from '../search/search-corpus.ts';
import type { SearchResource } from '../search/search-routes.ts';
import { drawModel } from './draw-model.ts';
import { modelToWire } from './model-wire.ts';

const FILTERABLE: ReadonlySet<string> = new Set([
  'authorId',
  'capabilities',
  'collectionIds',
  'concepts',
  'createdAt',
  'exampleAssetIds',
  'name',
  'parentModelId',
  'privacy',
  'source',
  'tags',
  'trainingImagesNumber',
  'type',
  'updatedAt',
]);

/** A hit tells neither status nor training. */
const HIT_FIELDS = [
  'id',
  'name',
  'shortDescription',
  'type',
  'source',
  'privacy',
  'capabilities',
  'collectionIds',
  'exampleAssetIds',
  'tags',
  'trainingImagesNumber',
  'ownerId',
  'authorId',
  'createdAt',
  'updatedAt',
  'thumbnail',
] as const;

export function modelSearch({ pictureUrl }: SandboxParts): SearchResource {
  return {
    kind: 'model',
    filterable: FILTERABLE,
    describe,
    toHit: (item, collectionIds) => {
      const { name, shortDescription } = drawModel(item);
      return {
        ...pickFields(modelToWire(item, collectionIds, pictureUrl), HIT_FIELDS),
        // Hits always have these, models don't.
        name: name ?? '',
        shortDescription: shortDescription ?? '',
        concepts: [],
        teamId: TEAM_ID,
      };
    },
  };
}

function describe(item: LibraryItem): SearchDescription {
  const { name, shortDescription, ...facts } = drawModel(item);
  const { capabilities, exampleAssetIds, source, tags, trainingImagesNumber } = facts;
  return {
    text: [name, shortDescription, ...tags].join(' '),
    fields: {
      authorId: AUTHOR_ID,
      capabilities,
      exampleAssetIds,
      name,
      source,
      tags,
      trainingImagesNumber,
      type: item.type,
    },
  };
}
