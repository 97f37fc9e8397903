import type { Motif } from '../pictures/motif.ts';

interface Subject {
  motif: Motif;
  /** As an upload is named. */
  name: string;
  /** As a prompt tells it. */
  prompt: string;
  tags: readonly [string, ...string[]];
}

export const SUBJECTS: readonly [Subject, ...Subject[]] = [
  {
    motif: 'beast',
    name: 'Moss Golem',
    prompt: 'a stone golem overgrown with moss',
    tags: ['creature', 'golem'],
  },
  {
    motif: 'potion',
    name: 'Healing Potion',
    prompt: 'a round bottle of glowing red potion',
    tags: ['item', 'potion'],
  },
  {
    motif: 'tower',
    name: 'Lighthouse',
    prompt: 'a lighthouse on a cliff at dusk',
    tags: ['environment', 'sea'],
  },
  {
    motif: 'person',
    name: 'Captain Mara',
    prompt: 'a sea captain with a brass spyglass',
    tags: ['character', 'hero'],
  },
  {
    motif: 'sword',
    name: 'Iron Longsword',
    prompt: 'an iron longsword with a leather grip',
    tags: ['item', 'weapon'],
  },
  {
    motif: 'house',
    name: 'Market Stall',
    prompt: 'a market stall with striped canopy',
    tags: ['prop', 'building'],
  },
  {
    motif: 'beast',
    name: 'Frost Fox',
    prompt: 'a white fox with frozen breath',
    tags: ['creature', 'mount'],
  },
  {
    motif: 'chest',
    name: 'Treasure Chest',
    prompt: 'an oak treasure chest full of coins',
    tags: ['prop', 'loot'],
  },
  {
    motif: 'hills',
    name: 'Temple Ruins',
    prompt: 'temple ruins half sunk in a lagoon',
    tags: ['environment', 'ruin'],
  },
  {
    motif: 'beast',
    name: 'Clockwork Owl',
    prompt: 'a clockwork owl of copper and glass',
    tags: ['creature', 'machine'],
  },
  { motif: 'spiral', name: 'Fire Spell', prompt: 'a spiral of fire on black', tags: ['effect', 'spell'] },
  {
    motif: 'house',
    name: 'Tavern',
    prompt: 'an isometric tavern with a thatched roof',
    tags: ['building', 'isometric'],
  },
  { motif: 'gem', name: 'Gem Set', prompt: 'six cut gems in bright colours', tags: ['item', 'match-3'] },
  {
    motif: 'person',
    name: 'Village Elder',
    prompt: 'an old woman in a woven shawl',
    tags: ['character', 'portrait'],
  },
  {
    motif: 'hills',
    name: 'Sky Island',
    prompt: 'a floating island with a waterfall',
    tags: ['environment', 'key-art'],
  },
  {
    motif: 'beast',
    name: 'Dragon Bust',
    prompt: 'the head of an emerald dragon',
    tags: ['creature', 'boss'],
  },
  {
    motif: 'shield',
    name: 'Wooden Shield',
    prompt: 'a round wooden shield with iron studs',
    tags: ['item', 'armor'],
  },
  {
    motif: 'house',
    name: 'Mushroom House',
    prompt: 'a house inside a giant mushroom',
    tags: ['building', 'forest'],
  },
];

export const SOUNDS: readonly [Subject, ...Subject[]] = [
  {
    motif: 'wave',
    name: 'Tavern Theme',
    prompt: 'a lute over the murmur of a tavern',
    tags: ['music', 'loop'],
  },
  { motif: 'wave', name: 'Boss Drums', prompt: 'heavy war drums, rising', tags: ['music', 'boss'] },
  { motif: 'wave', name: 'Coin Pickup', prompt: 'a bright chime of coins', tags: ['sound', 'ui'] },
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
