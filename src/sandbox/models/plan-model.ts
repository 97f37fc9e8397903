import type { LibraryItem } from '../library/library-item.ts';
import { seedDates } from '../seed-dates.ts';
import { pick, seededRandom } from '../seeded-random.ts';

const PRIVATE_TYPES: readonly [string, ...string[]] = [
  'flux.1-lora',
  'flux.1-kontext-lora',
  'qwen-image-lora',
  'flux.1-composition',
  'zimage-lora',
];

const PUBLIC_TYPES: readonly [string, ...string[]] = ['flux.1-lora', 'custom', 'flux.1', 'gpt-image-1'];

/** A private model of one's own. */
export function planModel(id: string, ordinal: number): LibraryItem {
  return { ...plan(id, ordinal, PRIVATE_TYPES), privacy: 'private', own: true };
}

/** A model of Scenario's own that everybody can use. */
export function planPublicModel(id: string, ordinal: number): LibraryItem {
  return { ...plan(id, ordinal, PUBLIC_TYPES), privacy: 'public', own: false };
}

function plan(
  id: string,
  ordinal: number,
  types: readonly [string, ...string[]],
): Omit<LibraryItem, 'privacy' | 'own'> {
  const random = seededRandom(id);
  return {
    kind: 'model',
    id,
    ordinal,
    ...seedDates(random(), random),
    type: pick(random, types),
  };
}
