import type { AssetKind, TileFragment } from './__generated__/graphql.ts';

const NAMES: Readonly<Record<AssetKind, string>> = {
  IMAGE: 'Image',
  VIDEO: 'Video',
  AUDIO: 'Sound',
  MODEL_3D: '3D model',
  IMAGE_HDR: 'HDR image',
  TEXT: 'Text',
  DOCUMENT: 'Document',
  JSON: 'Data',
  OTHER: 'Other',
};

/** The kinds that one may look for. */
export const SEARCHED_KINDS: readonly AssetKind[] = ['IMAGE', 'VIDEO', 'AUDIO', 'MODEL_3D', 'TEXT'];

export function kindName(kind: AssetKind): string {
  return NAMES[kind];
}

/** What an asset is called: most are told apart by their prompt alone. */
export function titleOf({ name, prompt, kind }: Pick<TileFragment, 'name' | 'prompt' | 'kind'>): string {
  return name ?? prompt ?? NAMES[kind];
}
