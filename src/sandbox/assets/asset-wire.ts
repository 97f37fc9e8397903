import type { LibraryItem } from '../library/library-item.ts';
import { AUTHOR_ID, ownerOf } from '../owners.ts';
import type { PictureUrl } from '../pictures/picture-url.ts';
import { type AssetFacts, drawAsset } from './draw-asset.ts';

export interface AssetWireOptions {
  pictureUrl: PictureUrl;
  /** Kinds, states and number forms that the API's own types don't list. */
  undocumentedValues: boolean;
}

/** An asset as the lists, the bulk read and the single read answer it. */
export function assetToWire(
  item: LibraryItem,
  collectionIds: readonly string[],
  { pictureUrl, undocumentedValues }: AssetWireOptions,
): Record<string, unknown> {
  const facts = drawAsset(item);
  return {
    id: item.id,
    authorId: AUTHOR_ID,
    ownerId: ownerOf(item),
    collectionIds,
    kind: facts.kind,
    source: facts.source,
    status: facts.status,
    privacy: item.privacy,
    mimeType: facts.mimeType,
    // The API's types require it, although there is no file yet, or never will be.
    url: facts.file === undefined ? '' : pictureUrl(item.id),
    tags: facts.tags,
    nsfw: facts.nsfw,
    editCapabilities: facts.kind === 'image' ? ['DETECTION', 'REMOVE_BACKGROUND', 'UPSCALE'] : [],
    createdAt: item.createdAt,
    updatedAt: item.updatedAt,
    metadata: assetMetadata(item, facts, undocumentedValues),
    properties: { size: 0, ...facts.file },
    ...(facts.description !== undefined && { description: facts.description }),
    ...(item.ordinal % 33 === 16 && { isHidden: true }),
    ...pictures(item, facts, pictureUrl),
    ...(undocumentedValues && valuesOfTomorrow(facts)),
  };
}

function assetMetadata(
  { type, ordinal }: LibraryItem,
  { kind, name, prompt, modelId, seed, file }: AssetFacts,
  undocumentedValues: boolean,
): Record<string, unknown> {
  const isNumber = undocumentedValues && ordinal % 2 === 0;
  // JSON leaves out what is undefined.
  return {
    kind,
    type,
    name,
    prompt,
    modelId,
    seed: seed !== undefined && isNumber ? Number(seed) : seed,
    width: file?.width,
    height: file?.height,
    size: file?.size,
  };
}

function pictures(
  { id }: LibraryItem,
  { shape, thumbnailAssetId }: AssetFacts,
  pictureUrl: PictureUrl,
): Record<string, unknown> {
  if (thumbnailAssetId === undefined) return {};
  const picture = { assetId: thumbnailAssetId, url: pictureUrl(id, 'thumbnail') };
  return { thumbnail: picture, ...(shape === 'video' && { preview: picture, firstFrame: picture }) };
}

/** What an asset has that no reference lists. */
export function valuesOfTomorrow({
  shape,
  status,
}: AssetFacts): Partial<Record<'kind' | 'source' | 'status', string>> {
  return {
    ...(shape === 'splat' && { kind: 'gaussian-splat', source: 'img2gaussian' }),
    ...(status === 'pending' && { status: 'queued' }),
  };
}
