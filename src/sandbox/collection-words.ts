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

/** The name of the n-th sample collection; no two are the same. */
export function collectionName(index: number): string {
  const world = WORLDS[index % WORLDS.length] ?? 'World';
  // The lengths of the lists share no factor: names repeat only after all 391 pairs, and then carry a number.
  const subject = SUBJECTS[(index * 7) % SUBJECTS.length] ?? 'Art';
  const round = Math.floor(index / (WORLDS.length * SUBJECTS.length));
  return round === 0 ? `${world} ${subject}` : `${world} ${subject} ${round + 1}`;
}
