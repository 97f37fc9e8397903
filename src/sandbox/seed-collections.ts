import { makeId } from './ids.ts';
import { seededRandom } from './seeded-random.ts';

export interface PlannedCollection {
  id: string;
  name: string;
  thumbnailAssetId: string | null;
  createdAt: string;
  updatedAt: string;
  assetIds: readonly string[];
  modelIds: readonly string[];
}

const WORLDS = [
  'Emberfall',
  'Mossgrove',
  'Neon Harbor',
  'Skyhollow',
  'Duskmire',
  'Candy Canyon',
  'Ironwood',
  'Starlit Bazaar',
  'Frostpeak',
  'Coral Kingdom',
  'Clockwork City',
  'Sunken Temple',
  'Pixel Tavern',
  'Dragon Isles',
  'Orbital Nine',
  'Haunted Orchard',
  'Wildgrass Valley',
];

const SUBJECTS = [
  'Heroes',
  'Item Icons',
  'Isometric Buildings',
  'Card Backs',
  'Boss Concepts',
  'Potion Bottles',
  'Tileset',
  'Key Art',
  'Weapon Sheets',
  'Creature Sketches',
  'Loading Screens',
  'UI Frames',
  'Props',
  'Spell Effects',
  'Villager Portraits',
  'Mounts & Pets',
  'Skyboxes',
  'Treasure Chests',
  'Match-3 Tokens',
  'Emotes',
  'Terrain Textures',
  'Store Banners',
  'Moodboard',
];

const FIRST_DAY = Date.parse('2024-02-05T09:12:00.000Z');
const LAST_DAY = Date.parse('2026-01-30T17:40:00.000Z');
const MONTH_MS = 30 * 24 * 60 * 60 * 1000;

/** Plans sample collections, oldest first. The same number of them is always the same, down to ids and dates. */
export function* seedCollections(count: number): Generator<PlannedCollection> {
  for (let index = 0; index < count; index += 1) yield planCollection(index, count);
}

function planCollection(index: number, count: number): PlannedCollection {
  const random = seededRandom(`collection ${index}`);
  const id = makeId('col', random);
  const created = FIRST_DAY + ((index + random()) / count) * (LAST_DAY - FIRST_DAY);
  const updated = created + random() * Math.min(MONTH_MS, LAST_DAY - created);
  const assetIds = Array.from({ length: assetTotal(random) }, () => makeId('asset', random));
  const modelIds = Array.from({ length: modelTotal(random) }, () => makeId('model', random));
  const cover = random() < 0.85 ? assetIds[0] : undefined;
  return {
    id,
    name: collectionName(index),
    thumbnailAssetId: cover ?? null,
    createdAt: new Date(created).toISOString(),
    updatedAt: new Date(updated).toISOString(),
    assetIds,
    modelIds,
  };
}

/** Most collections hold some dozens, a few hold hundreds, one in eight none. */
function assetTotal(random: () => number): number {
  return random() < 1 / 8 ? 0 : Math.ceil(420 * random() ** 3);
}

function modelTotal(random: () => number): number {
  return random() < 0.4 ? 0 : Math.ceil(14 * random() ** 2);
}

function collectionName(index: number): string {
  const world = WORLDS[index % WORLDS.length] ?? 'World';
  // The lengths of the lists share no factor: names repeat only after all 391 pairs, and then carry a number.
  const subject = SUBJECTS[(index * 7) % SUBJECTS.length] ?? 'Art';
  const round = Math.floor(index / (WORLDS.length * SUBJECTS.length));
  return round === 0 ? `${world} ${subject}` : `${world} ${subject} ${round + 1}`;
}
