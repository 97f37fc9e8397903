import type { TileFragment } from '../__generated__/graphql.ts';

/** Assets by their Scenario id, which is what answers name them by. */
export type Picked = ReadonlyMap<string, TileFragment>;

export const NONE: Picked = new Map();

export function withPicked(picked: Picked, asset: TileFragment, isPicked: boolean): Picked {
  const others = [...picked].filter(([id]) => id !== asset.scenarioId);
  return new Map(isPicked ? [...others, [asset.scenarioId, asset]] : others);
}

export function pickedAmong(picked: Picked, ids: readonly string[]): Picked {
  const wanted = new Set(ids);
  return new Map([...picked].filter(([id]) => wanted.has(id)));
}
