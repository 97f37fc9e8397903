import { planAsset } from './assets/plan-asset.ts';
import { collectionName } from './collection-words.ts';
import { makeId } from './ids.ts';
import type { LibraryItem } from './library/library-item.ts';
import { planModel } from './models/plan-model.ts';
import { seedDates } from './seed-dates.ts';
import { PUBLIC_ASSETS, PUBLIC_MODEL_ITEMS } from './seed-library.ts';
import { type Random, seededRandom } from './seeded-random.ts';

export interface PlannedCollection {
  id: string;
  name: string;
  thumbnailAssetId: string | null;
  createdAt: string;
  updatedAt: string;
  members: readonly LibraryItem[];
}

export interface CollectionsSeed {
  count: number;
  /** How many assets and models each holds; without it some dozens, a few hundreds, one in eight none. */
  assets?: number | undefined;
  models?: number | undefined;
}

/** Plans sample collections, oldest first. The same seed always gives the same ones, down to ids and dates. */
export function* seedCollections(seed: CollectionsSeed): Generator<PlannedCollection> {
  let former: PlannedCollection | undefined;
  for (let index = 0; index < seed.count; index += 1) {
    former = planCollection(index, seed, former);
    yield former;
  }
}

function planCollection(
  index: number,
  { count, assets, models }: CollectionsSeed,
  former: PlannedCollection | undefined,
): PlannedCollection {
  const random = seededRandom(`collection ${index}`);
  const id = makeId('col', random);
  const dates = seedDates((index + random()) / count, random);
  const ownAssets = planAssets(assets ?? assetTotal(random), random);
  const cover = random() < 0.85 ? ownAssets[0] : undefined;
  const shared = assets === undefined ? sharedAssets(index, ownAssets.length, former) : [];
  return {
    id,
    name: collectionName(index),
    thumbnailAssetId: cover?.id ?? null,
    ...dates,
    members: [...ownAssets, ...shared, ...planModels(index, models ?? modelTotal(random), random)],
  };
}

function planAssets(total: number, random: Random): LibraryItem[] {
  return Array.from({ length: total }, (_, ordinal) => planAsset(makeId('asset', random), ordinal, random));
}

/** Some assets are in two collections, and some members belong to other organizations. */
function sharedAssets(
  index: number,
  ownTotal: number,
  former: PlannedCollection | undefined,
): readonly LibraryItem[] {
  if (ownTotal === 0) return [];
  const alsoInFormer =
    index % 3 === 1 ? former?.members.find(({ kind, own }) => kind === 'asset' && own) : undefined;
  const fromOthers = index % 9 === 4 ? PUBLIC_ASSETS[index % PUBLIC_ASSETS.length] : undefined;
  return [alsoInFormer, fromOthers].filter((item) => item !== undefined);
}

/** One third of them are public models, which many collections hold, and the others its own. */
function planModels(index: number, total: number, random: Random): LibraryItem[] {
  const publicTotal = Math.min(Math.floor(total / 3), PUBLIC_MODEL_ITEMS.length);
  const first = (index * 5) % PUBLIC_MODEL_ITEMS.length;
  const shared = [...PUBLIC_MODEL_ITEMS.slice(first), ...PUBLIC_MODEL_ITEMS.slice(0, first)].slice(
    0,
    publicTotal,
  );
  const own = Array.from({ length: total - publicTotal }, (_, ordinal) =>
    planModel(makeId('model', random), ordinal),
  );
  return [...shared, ...own];
}

function assetTotal(random: Random): number {
  return random() < 1 / 8 ? 0 : Math.ceil(420 * random() ** 3);
}

function modelTotal(random: Random): number {
  return random() < 0.4 ? 0 : Math.ceil(14 * random() ** 2);
}
