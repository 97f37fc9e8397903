import * as fc from 'fast-check';

/** Takes random decisions that fast-check can shrink: towards 0, the first item and `false`. */
export interface Draw {
  /** An integer from 0 to this one. */
  upTo(max: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** True so often in a hundred. */
  chance(percent: number): boolean;
}

const uniform = (max: number): fc.Arbitrary<number> => fc.noBias(fc.nat(max));

/** @param generate what `fc.gen()` gives to a property */
export function drawFrom(generate: fc.GeneratorValue): Draw {
  const upTo = (max: number): number => generate(uniform, max);
  return {
    upTo,
    pick: (items) => {
      const item = items[upTo(items.length - 1)];
      if (item === undefined) throw new Error('there is nothing to pick from');
      return item;
    },
    chance: (percent) => upTo(99) >= 100 - percent,
  };
}

/** How a property is run: always with the same seed, unless `DIFFERENTIAL_SEED` says another. */
export function settings(numRuns: number): fc.Parameters<unknown> {
  const { DIFFERENTIAL_SEED, DIFFERENTIAL_SCALE } = process.env;
  return {
    numRuns: Math.ceil(numRuns * Number(DIFFERENTIAL_SCALE ?? 1)),
    seed: Number(DIFFERENTIAL_SEED ?? 20_260_101),
    // Shrinking takes minutes here and says little more than the document that failed.
    endOnFailure: true,
  };
}
