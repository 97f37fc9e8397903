import type { Motif } from '../pictures/motif.ts';

interface Subject {
  motif: Motif;
  /** As an upload is named. */
  name: string;
  /** As a prompt tells it. */
  prompt: string;
  tags: readonly [string, ...string[]];
}

const subject = (motif: Motif, name: string, prompt: string, tags: Subject['tags']): Subject => ({
  motif,
  name,
  prompt,
  tags,
});

export const SUBJECTS: readonly [Subject, ...Subject[]] = [
  subject('beast', 'Moss Golem', 'a stone golem overgrown with moss', ['creature', 'golem']),
  subject('potion', 'Healing Potion', 'a round bottle of glowing red potion', ['item', 'potion']),
  subject('tower', 'Lighthouse', 'a lighthouse on a cliff at dusk', ['environment', 'sea']),
  subject('person', 'Captain Mara', 'a sea captain with a brass spyglass', ['character', 'hero']),
  subject('sword', 'Iron Longsword', 'an iron longsword with a leather grip', ['item', 'weapon']),
  subject('house', 'Market Stall', 'a market stall with striped canopy', ['prop', 'building']),
  subject('beast', 'Frost Fox', 'a white fox with frozen breath', ['creature', 'mount']),
  subject('chest', 'Treasure Chest', 'an oak treasure chest full of coins', ['prop', 'loot']),
  subject('hills', 'Temple Ruins', 'temple ruins half sunk in a lagoon', ['environment', 'ruin']),
  subject('beast', 'Clockwork Owl', 'a clockwork owl of copper and glass', ['creature', 'machine']),
  subject('spiral', 'Fire Spell', 'a spiral of fire on black', ['effect', 'spell']),
  subject('house', 'Tavern', 'an isometric tavern with a thatched roof', ['building', 'isometric']),
  subject('gem', 'Gem Set', 'six cut gems in bright colours', ['item', 'match-3']),
  subject('person', 'Village Elder', 'an old woman in a woven shawl', ['character', 'portrait']),
  subject('hills', 'Sky Island', 'a floating island with a waterfall', ['environment', 'key-art']),
  subject('beast', 'Dragon Bust', 'the head of an emerald dragon', ['creature', 'boss']),
  subject('shield', 'Wooden Shield', 'a round wooden shield with iron studs', ['item', 'armor']),
  subject('house', 'Mushroom House', 'a house inside a giant mushroom', ['building', 'forest']),
];

export const SOUNDS: readonly [Subject, ...Subject[]] = [
  subject('wave', 'Tavern Theme', 'a lute over the murmur of a tavern', ['music', 'loop']),
  subject('wave', 'Boss Drums', 'heavy war drums, rising', ['music', 'boss']),
  subject('wave', 'Coin Pickup', 'a bright chime of coins', ['sound', 'ui']),
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
