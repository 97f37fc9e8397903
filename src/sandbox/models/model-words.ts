export const MODEL_THEMES: readonly [string, ...string[]] = [
  'Painted Portraits',
  'Pixel Props',
  'Cozy Isometrics',
  'Inked Creatures',
  'Card Frames',
  'Glossy Icons',
  'Storybook Forest',
  'Sci-Fi Panels',
];

const PUBLIC_NAMES: readonly string[] = [
  'Pixel Tactics',
  'Cartoon Backgrounds',
  'Toon Props',
  'Juicy Icons',
  'Rendered Characters',
  'Isometric Village',
  'Clean Line Art',
  'Fantasy Maps',
  'Voxel World',
  'Flat Stickers',
  'Soft Watercolor',
  'Gothic Engraving',
  'Toy Figures',
  'Space Stations',
  'Creature Sketchbook',
  'Seamless Textures',
  'Paper Cutouts',
  'Retro Anime',
  'Weapon Forge',
  'Sky Domes',
  'Emote Faces',
  'Dungeon Tiles',
  'Botanical Plates',
  'Story Panels',
];

const VERSIONS: readonly string[] = ['1.0', '1.5', '2.0', '3.0', '4.0'];

/** The models that every organization can use: 120 of them. */
export const PUBLIC_MODELS: readonly { id: string; name: string }[] = VERSIONS.flatMap((version) =>
  PUBLIC_NAMES.map((name) => ({
    id: `model_${name.toLowerCase().replaceAll(' ', '-')}-${version}`,
    name: `${name} ${version}`,
  })),
);
