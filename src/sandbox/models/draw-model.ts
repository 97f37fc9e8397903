import { makeId } from '../ids.ts';
import type { LibraryItem } from '../library/library-item.ts';
import { between, pick, seededRandom } from '../seeded-random.ts';
import { MODEL_THEMES, PUBLIC_MODELS } from './model-words.ts';

/** All that is told of a model beside its collections and addresses. */
export interface ModelFacts {
  name: string | undefined;
  shortDescription: string | undefined;
  status: string;
  custom: boolean;
  source: string;
  tags: readonly string[];
  capabilities: readonly string[];
  exampleAssetIds: readonly string[];
  thumbnailAssetId: string | undefined;
  trainingImagesNumber: number;
}

const PUBLIC_NAMES = new Map(PUBLIC_MODELS.map(({ id, name }) => [id, name]));

const STATUSES: readonly [string, ...string[]] = [
  'trained',
  'trained',
  'trained',
  'training',
  'new',
  'failed',
];

/** The same item always has the same facts. */
export function drawModel({ id, ordinal, own }: LibraryItem): ModelFacts {
  const random = seededRandom(`facts of ${id}`);
  const theme = pick(random, MODEL_THEMES);
  const name = own ? `${theme} ${between(random, 1, 9)}` : PUBLIC_NAMES.get(id);
  const firstExample = between(random, 0, 230);
  return {
    name: ordinal % 9 === 4 ? undefined : name,
    shortDescription: random() < 0.5 ? `Made for ${theme.toLowerCase()}.` : undefined,
    status: own ? pick(random, STATUSES) : 'trained',
    custom: own,
    source: own || random() < 0.8 ? 'scenario' : 'huggingface',
    tags: random() < 0.5 ? [theme.toLowerCase().replaceAll(' ', '-')] : [],
    capabilities: random() < 0.7 ? ['txt2img', 'img2img'] : ['txt2img'],
    exampleAssetIds: Array.from(
      { length: between(random, 0, 3) },
      (_, index) => `asset_${firstExample + index}`,
    ),
    thumbnailAssetId: own && random() < 0.6 ? makeId('asset', random) : undefined,
    trainingImagesNumber: own ? between(random, 8, 60) : 0,
  };
}
