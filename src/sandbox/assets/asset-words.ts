interface Subject {
  /** As an upload is named. */
  name: string;
  /** As a prompt tells it. */
  prompt: string;
  tags: readonly [string, ...string[]];
}

export const SUBJECTS: readonly [Subject, ...Subject[]] = [
  { name: 'Moss Golem', prompt: 'a stone golem overgrown with moss', tags: ['creature', 'golem'] },
  { name: 'Healing Potion', prompt: 'a round bottle of glowing red potion', tags: ['item', 'potion'] },
  { name: 'Lighthouse', prompt: 'a lighthouse on a cliff at dusk', tags: ['environment', 'sea'] },
  { name: 'Captain Mara', prompt: 'a sea captain with a brass spyglass', tags: ['character', 'hero'] },
  { name: 'Iron Longsword', prompt: 'an iron longsword with a leather grip', tags: ['item', 'weapon'] },
  { name: 'Market Stall', prompt: 'a market stall with striped canopy', tags: ['prop', 'building'] },
  { name: 'Frost Fox', prompt: 'a white fox with frozen breath', tags: ['creature', 'mount'] },
  { name: 'Treasure Chest', prompt: 'an oak treasure chest full of coins', tags: ['prop', 'loot'] },
  { name: 'Temple Ruins', prompt: 'temple ruins half sunk in a lagoon', tags: ['environment', 'ruin'] },
  { name: 'Clockwork Owl', prompt: 'a clockwork owl of copper and glass', tags: ['creature', 'machine'] },
  { name: 'Fire Spell', prompt: 'a spiral of fire on black', tags: ['effect', 'spell'] },
  { name: 'Tavern', prompt: 'an isometric tavern with a thatched roof', tags: ['building', 'isometric'] },
  { name: 'Gem Set', prompt: 'six cut gems in bright colours', tags: ['item', 'match-3'] },
  { name: 'Village Elder', prompt: 'an old woman in a woven shawl', tags: ['character', 'portrait'] },
  { name: 'Sky Island', prompt: 'a floating island with a waterfall', tags: ['environment', 'key-art'] },
  { name: 'Dragon Bust', prompt: 'the head of an emerald dragon', tags: ['creature', 'boss'] },
  { name: 'Wooden Shield', prompt: 'a round wooden shield with iron studs', tags: ['item', 'armor'] },
  { name: 'Mushroom House', prompt: 'a house inside a giant mushroom', tags: ['building', 'forest'] },
];

export const STYLES: readonly [string, ...string[]] = [
  'hand-painted game art',
  'flat vector icon',
  'low-poly render',
  'watercolour concept sketch',
  'pixel art, 32 colours',
  'stylized 3D render',
];

export const LIGHTS: readonly [string, ...string[]] = [
  'soft morning light',
  'strong rim light',
  'moonlight',
  'plain white background',
  'warm lantern glow',
];

export const UPLOAD_NOTES: readonly [string, ...string[]] = [
  'final',
  'turnaround',
  'reference',
  'sketch',
  'cleanup',
  'colour keys',
];

export const STATES_OF_WORK: readonly [string, ...string[]] = ['approved', 'wip', 'to-review', 'shipped'];
