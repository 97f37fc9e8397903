import type { AssetKind } from '../__generated__/graphql.ts';

const numbers = new Intl.NumberFormat('en');

/** `1 asset`, `1,204 assets` */
export function countOf(count: number, thing: string): string {
  return `${numbers.format(count)} ${thing}${count === 1 ? '' : 's'}`;
}

/** `7 assets · 1 model` */
export function contentsOf({ assetCount, modelCount }: { assetCount: number; modelCount: number }): string {
  return `${countOf(assetCount, 'asset')} · ${countOf(modelCount, 'model')}`;
}

export const KINDS: Readonly<Record<AssetKind, string>> = {
  IMAGE: 'Image',
  VIDEO: 'Video',
  AUDIO: 'Sound',
  MODEL_3D: '3D model',
  TEXT: 'Text',
  IMAGE_HDR: 'HDR image',
  DOCUMENT: 'Document',
  JSON: 'Data',
  OTHER: 'Other',
};

/** What an asset is called: most are told apart by their prompt alone. */
export function titleOf(asset: { name: string | null; prompt: string | null; kind: AssetKind }): string {
  return asset.name ?? asset.prompt ?? KINDS[asset.kind];
}
