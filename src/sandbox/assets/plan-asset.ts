import type { LibraryItem, Privacy } from '../library/library-item.ts';
import { seedDates } from '../seed-dates.ts';
import { pick, type Random, seededRandom } from '../seeded-random.ts';
import { SHAPES, shapeOf } from './asset-shapes.ts';

/** An asset of one's own; the numbers decide its dates and how it was made. */
export function planAsset(id: string, ordinal: number, random: Random = seededRandom(id)): LibraryItem {
  return { ...plan(id, ordinal, random), privacy: privacyOf(ordinal), own: true };
}

/** A public asset of another organization: readable, and able to be a member. */
export function planForeignPublicAsset(id: string, ordinal: number): LibraryItem {
  return { ...plan(id, ordinal, seededRandom(id)), privacy: 'public', own: false };
}

function plan(id: string, ordinal: number, random: Random): Omit<LibraryItem, 'privacy' | 'own'> {
  const dates = seedDates(random(), random);
  const { type } = pick(random, SHAPES[shapeOf(ordinal)].makings);
  return { kind: 'asset', id, ordinal, ...dates, type };
}

function privacyOf(ordinal: number): Privacy {
  if (ordinal % 23 === 20) return 'public';
  return ordinal % 31 === 30 ? 'unlisted' : 'private';
}
