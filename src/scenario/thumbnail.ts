import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { httpUrl } from './wire-types.ts';

/** The picture that stands for something. */
export interface Thumbnail {
  readonly assetId: string;
  /** An http(s) URL, possibly signed: never re-written, its query never logged. */
  readonly url: string;
}

/** `malformed` where the upstream sent one that cannot be shown: only this field fails for it. */
export type DecodedThumbnail = Thumbnail | 'malformed' | null;

const check = Compile(Type.Object({ assetId: Type.String({ minLength: 1 }), url: httpUrl }));

/** Reads a thumbnail that may be absent. */
export function decodeThumbnail(value: unknown): DecodedThumbnail {
  if (value === undefined || value === null) return null;
  return check.Check(value) ? { assetId: value.assetId, url: value.url } : 'malformed';
}
