import type { AssetId, CollectionId } from '../../shared/brands.ts';
import type { Optional } from '../optional.ts';
import type { Thumbnail } from '../thumbnail.ts';

/** A collection of AI assets and models. Counts are 32-bit integers; dates are RFC 3339, as the upstream wrote them. */
export interface Collection {
  readonly typename: 'Collection';
  readonly id: CollectionId;
  readonly name: string;
  readonly ownerId: string;
  readonly assetCount: number;
  readonly modelCount: number;
  readonly itemCount: number;
  readonly thumbnail: Optional<Thumbnail>;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What of a collection can be changed; an absent field stays as it is. */
export interface CollectionChange {
  readonly name?: string;
  /** `null` unsets the thumbnail. */
  readonly thumbnail?: AssetId | null;
}
