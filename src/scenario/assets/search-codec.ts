import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { ReadKind } from '../../cache/read-kind.ts';
import type { Failure } from '../../http/failure.ts';
import type { AssetId } from '../../shared/brands.ts';
import { type Result, succeed } from '../../shared/result.ts';
import { shapeOf } from '../shape-of.ts';
import { isCount, malformed, nullable } from '../wire-types.ts';
import { assetId } from './asset-codec.ts';

/** One page of what a search has found. A hit tells less than the asset, so nothing but its id is taken. */
export interface FoundAssets {
  readonly ids: readonly AssetId[];
  /** How many it finds in all at most; `null` where the upstream does not say. */
  readonly estimatedTotal: number | null;
}

const wire = Type.Object({
  hits: Type.Array(Type.Object({ id: assetId })),
  estimatedTotalHits: Type.Optional(Type.Unknown()),
});

const stored = Type.Object({ ids: Type.Array(assetId), estimatedTotal: nullable(Type.Number()) });

const wireCheck = Compile(wire);
const storedCheck = Compile(stored);

export function decodeFound(body: unknown): Result<FoundAssets, Failure> {
  return wireCheck.Check(body) ? succeed(toFound(body)) : malformed(wireCheck.Errors(body));
}

/** How pages of a search are kept. */
export const foundRead: ReadKind<FoundAssets> = {
  shape: shapeOf(wire, stored),
  decodeStored: (value) => (storedCheck.Check(value) ? value : null),
  isFrom: () => true,
  isWhole: () => true,
};

function toFound({ hits, estimatedTotalHits: total }: Static<typeof wire>): FoundAssets {
  return {
    ids: hits.map(({ id }) => id),
    estimatedTotal: typeof total === 'number' && isCount(total) ? total : null,
  };
}
