import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { AssetId } from '../../shared/brands.ts';
import { succeed } from '../../shared/result.ts';
import type { AnswerKind } from '../reader.ts';
import { shapeOf } from '../shape-of.ts';
import { isCount, malformed, maybe, nullable } from '../wire-types.ts';
import { assetId } from './asset-codec.ts';

/** One page of what a search has found. A hit tells less than the asset, so nothing but its id is taken. */
export interface FoundAssets {
  readonly ids: readonly AssetId[];
  /** How many it finds in all at most; `null` where the upstream does not say. */
  readonly estimatedTotal: number | null;
}

const wire = Type.Object({
  hits: Type.Array(Type.Object({ id: assetId })),
  estimatedTotalHits: maybe,
});

const stored = Type.Object({ ids: Type.Array(assetId), estimatedTotal: nullable(Type.Number()) });

const wireCheck = Compile(wire);
const storedCheck = Compile(stored);

/** Reads pages of a search. */
export const foundKind: AnswerKind<FoundAssets> = {
  shape: shapeOf(wire, stored),
  decode: (body) => (wireCheck.Check(body) ? succeed(toFound(body)) : malformed(wireCheck.Errors(body))),
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
