import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Optional } from './optional.ts';
import { httpUrl } from './wire-types.ts';

/** The picture that stands for something. */
export interface Thumbnail {
  readonly assetId: string;
  /** An http(s) URL, possibly signed: never re-written, its query never logged. */
  readonly url: string;
}

const check = Compile(Type.Object({ assetId: Type.String({ minLength: 1 }), url: httpUrl }));

/** As it is kept. */
export const storedThumbnail = Type.Object({ assetId: Type.String(), url: Type.String() });

/** Reads a thumbnail that may be absent. */
export function optionalThumbnail(value: unknown): Optional<Thumbnail> {
  if (value === undefined || value === null) return null;
  return check.Check(value) ? { assetId: value.assetId, url: value.url } : undefined;
}
