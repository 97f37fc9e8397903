import type { LibraryItem } from '../library/library-item.ts';
import { AUTHOR_ID, ownerOf } from '../owners.ts';
import type { PictureUrl } from '../pictures/picture-url.ts';
import { drawModel } from './draw-model.ts';

/** A model as the lists and the single read answer it. */
export function modelToWire(
  item: LibraryItem,
  collectionIds: readonly string[],
  pictureUrl: PictureUrl,
): Record<string, unknown> {
  const { thumbnailAssetId, ...facts } = drawModel(item);
  const { id, type, privacy, createdAt, updatedAt } = item;
  // JSON leaves out what is undefined.
  return {
    id,
    type,
    privacy,
    ...facts,
    collectionIds,
    authorId: AUTHOR_ID,
    ownerId: ownerOf(item),
    createdAt,
    updatedAt,
    // Not in the reference, but seen on the live service.
    ...(item.own && { complianceMetadata: { region: 'eu', reviewed: true } }),
    thumbnail: thumbnailAssetId && {
      assetId: thumbnailAssetId,
      url: pictureUrl(thumbnailAssetId, 'thumbnail'),
    },
  };
}
