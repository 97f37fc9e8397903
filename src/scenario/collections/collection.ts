import type { AssetId, CollectionId } from '../../shared/brands.ts';

/** A collection of AI assets and models. Counts are 32-bit integers; dates are RFC 3339, as the upstream wrote them. */
export interface Collection {
  readonly id: CollectionId;
  readonly name: string;
  readonly ownerId: string;
  readonly assetCount: number;
  readonly modelCount: number;
  readonly itemCount: number;
  /** `malformed` where the upstream sent one that can't be shown: only this field fails for it. */
  readonly thumbnail: Thumbnail | 'malformed' | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The picture that stands for a collection. */
export interface Thumbnail {
  readonly assetId: string;
  /** An http(s) URL, possibly signed: never re-written, its query never logged. */
  readonly url: string;
}

/** One page of the upstream's list. */
export interface CollectionPage {
  readonly collections: readonly Collection[];
  /** Fetches the next page; `null` when the upstream gave none. */
  readonly nextToken: string | null;
}

/** What of a collection can be changed; an absent field stays as it is. */
export interface CollectionChange {
  readonly name?: string;
  /** `null` unsets the thumbnail. */
  readonly thumbnail?: AssetId | null;
}
