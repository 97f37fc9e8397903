import type { LibraryItem } from '../library/library-item.ts';
import { AUTHOR_ID, TEAM_ID } from '../owners.ts';
import type { SandboxParts } from '../sandbox-env.ts';
import { pickFields } from '../search/pick-fields.ts';
import type { SearchDescription } from '../search/search-corpus.ts';
import type { SearchResource } from '../search/search-routes.ts';
import { assetToWire, valuesOfTomorrow } from './asset-wire.ts';
import { drawAsset } from './draw-asset.ts';

const FILTERABLE: ReadonlySet<string> = new Set([
  'aspectRatio',
  'authorId',
  'baseModelId',
  'collectionIds',
  'createdAt',
  'height',
  'kind',
  'mimeType',
  'modelId',
  'modelType',
  'name',
  'negativePrompt',
  'nsfw',
  'privacy',
  'prompt',
  'seed',
  'size',
  'tags',
  'text',
  'updatedAt',
  'width',
]);

/** A hit has less than the asset: its kind, type and measures stand in its metadata only. */
const HIT_FIELDS = [
  'id',
  'authorId',
  'ownerId',
  'collectionIds',
  'createdAt',
  'updatedAt',
  'metadata',
  'mimeType',
  'nsfw',
  'privacy',
  'tags',
  'url',
  'thumbnail',
  'description',
] as const;

export function assetSearch({ faults, pictureUrl }: SandboxParts): SearchResource {
  return {
    kind: 'asset',
    filterable: FILTERABLE,
    describe: (item) => describe(item, faults.current.answers.undocumentedValues),
    toHit: (item, collectionIds) => {
      const { undocumentedValues } = faults.current.answers;
      const record = assetToWire(item, collectionIds, { pictureUrl, undocumentedValues });
      return { ...pickFields(record, HIT_FIELDS), teamId: TEAM_ID };
    },
  };
}

function describe(item: LibraryItem, undocumentedValues: boolean): SearchDescription {
  const facts = drawAsset(item);
  const { file, name, prompt, description, tags, nsfw, mimeType, modelId, seed } = facts;
  const { kind = facts.kind } = undocumentedValues ? valuesOfTomorrow(facts) : {};
  return {
    text: [name, prompt, description, ...tags].join(' '),
    fields: {
      authorId: AUTHOR_ID,
      kind,
      mimeType,
      modelId,
      name,
      nsfw,
      prompt,
      seed,
      tags,
      width: file?.width,
      height: file?.height,
      size: file?.size,
    },
  };
}
