import { createSealers, type Sealer } from '../sealer.ts';
import type { CollectionFilter } from './collection-filter.ts';
import type { CollectionOrder, SortPlace } from './collection-order.ts';

/** Writes and reads the cursors of collections that were found by one filter, in one order. */
export interface PlaceCursors {
  encode(place: SortPlace): string;
  /** `null` for whatever this gateway did not write itself for the same filter and order. */
  decode(cursor: string): SortPlace | null;
}

/** Gives the cursors of a filter and an order. */
export type PlaceCursorCodecs = (filter: CollectionFilter, order: CollectionOrder) => PlaceCursors;

const VERSION = 1;

/**
 * Makes cursors of what a row is sorted by, not of its number: rows that come and go meanwhile move no other one.
 * @param scope names the credential and the project
 */
export function createPlaceCursorCodecs(secret: string, scope: readonly string[]): PlaceCursorCodecs {
  const sealers = createSealers(secret, ['place', VERSION, ...scope]);
  return (filter, { field, direction }) => {
    const { seal, open } = sealers(JSON.stringify([filter, field, direction]));
    return {
      encode: ({ key, id }) => seal(Buffer.from(JSON.stringify([key, id]))),
      decode: (cursor) => toPlace(open(cursor)),
    };
  };
}

function toPlace(payload: ReturnType<Sealer['open']>): SortPlace | null {
  if (payload === null) return null;
  const [key, id]: [SortPlace['key'], string] = JSON.parse(payload.toString());
  return { key, id };
}
