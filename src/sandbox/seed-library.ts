import { planAsset, planForeignPublicAsset } from './assets/plan-asset.ts';
import type { LibraryItem } from './library/library-item.ts';
import { PUBLIC_MODELS } from './models/model-words.ts';
import { planModel, planPublicModel } from './models/plan-model.ts';

const FREE_ASSETS = 240;
const FREE_MODELS = 60;

/** Public assets of other organizations, `asset_public_0` to `asset_public_29`. */
export const PUBLIC_ASSETS: readonly LibraryItem[] = Array.from({ length: 30 }, (_, ordinal) =>
  planForeignPublicAsset(`asset_public_${ordinal}`, ordinal),
);

/** The public models, all of Scenario's own. */
export const PUBLIC_MODEL_ITEMS: readonly LibraryItem[] = PUBLIC_MODELS.map(({ id }, ordinal) =>
  planPublicModel(id, ordinal),
);

/**
 * What exists in every sandbox, in no collection at first: `asset_0` to `asset_239` and `model_0` to `model_59`, whose
 * ids are easy to type, and what is public.
 */
export function* seedLibrary(): Generator<LibraryItem> {
  yield* PUBLIC_ASSETS;
  yield* PUBLIC_MODEL_ITEMS;
  for (let ordinal = 0; ordinal < FREE_ASSETS; ordinal += 1) yield planAsset(`asset_${ordinal}`, ordinal);
  for (let ordinal = 0; ordinal < FREE_MODELS; ordinal += 1) yield planModel(`model_${ordinal}`, ordinal);
}
