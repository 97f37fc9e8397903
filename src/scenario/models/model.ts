import type { ModelId } from '../../shared/brands.ts';
import type { Optional } from '../optional.ts';
import type { Thumbnail } from '../thumbnail.ts';

/** A model that generates assets. Type, status, privacy and source are the upstream's words, an open set. */
export interface Model {
  readonly typename: 'Model';
  readonly id: ModelId;
  readonly name: Optional<string>;
  readonly shortDescription: Optional<string>;
  readonly type: string;
  readonly status: string;
  readonly privacy: string;
  readonly source: string;
  readonly tags: readonly string[];
  readonly capabilities: readonly string[];
  readonly isCustom: boolean;
  readonly thumbnail: Optional<Thumbnail>;
  /** What it has made, the best first. */
  readonly exampleAssetIds: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The collections that it is in. */
  readonly collectionIds: readonly string[];
}
