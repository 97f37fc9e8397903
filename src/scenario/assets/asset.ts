import type { AssetId } from '../../shared/brands.ts';
import type { Optional } from '../optional.ts';
import type { Thumbnail } from '../thumbnail.ts';

/** A file that was generated or uploaded. Kind, status, privacy and source are the upstream's words, an open set. */
export interface Asset {
  readonly typename: 'Asset';
  readonly id: AssetId;
  readonly name: Optional<string>;
  readonly kind: string;
  readonly status: string;
  readonly privacy: string;
  readonly source: string;
  readonly mimeType: Optional<string>;
  /** Signed: handed out unchanged, its query never logged. */
  readonly url: Optional<string>;
  readonly thumbnail: Optional<Thumbnail>;
  /** In pixels. */
  readonly width: Optional<number>;
  readonly height: Optional<number>;
  readonly durationSeconds: Optional<number>;
  readonly sizeBytes: Optional<number>;
  readonly prompt: Optional<string>;
  readonly description: Optional<string>;
  readonly tags: readonly string[];
  readonly nsfw: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The collections that it is in. */
  readonly collectionIds: readonly string[];
}

/** How a list of assets is ordered, in the upstream's words. */
export interface AssetOrder {
  readonly sortBy: 'createdAt' | 'updatedAt';
  readonly sortDirection: 'asc' | 'desc';
}
