import { drawAsset } from '../assets/draw-asset.ts';
import type { LibraryStore } from '../library/library-store.ts';
import { pick, seededRandom } from '../seeded-random.ts';
import type { PictureOrder } from './draw-picture.ts';
import type { Motif } from './motif.ts';
import type { PictureSize } from './picture-url.ts';

const MOST_PIXELS = 4096;
const THUMBNAIL_WIDTH = 256;

/** Pictures of ids that name no asset, such as the thumbnails of models. */
const ANY_MOTIF: readonly [Motif, ...Motif[]] = ['hills', 'house', 'tower', 'person', 'beast', 'gem'];

/** What to draw for an asset, in the width that is asked for if that is one, else in its own. */
export function orderPicture(
  library: LibraryStore,
  assetId: string,
  size: PictureSize,
  askedWidth: number,
): PictureOrder {
  const { motif, width, height } = subjectOf(library, assetId);
  const isWidth = Number.isInteger(askedWidth) && askedWidth >= 1 && askedWidth <= MOST_PIXELS;
  const ownWidth = size === 'thumbnail' ? THUMBNAIL_WIDTH : width;
  const drawnWidth = isWidth ? askedWidth : ownWidth;
  return {
    seed: assetId,
    motif,
    width: drawnWidth,
    height: Math.max(1, Math.round((drawnWidth * height) / width)),
  };
}

function subjectOf(library: LibraryStore, assetId: string): Pick<PictureOrder, 'motif' | 'width' | 'height'> {
  const item = library.find('asset', assetId);
  const square = { width: 1024, height: 1024 };
  if (item === undefined) return { ...square, motif: pick(seededRandom(assetId), ANY_MOTIF) };
  const { motif, file } = drawAsset(item);
  const { width = square.width, height = square.height } = file ?? {};
  return { motif, width, height };
}
