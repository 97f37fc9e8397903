import type { Random } from '../seeded-random.ts';
import type { Palette } from './palette.ts';

/** What a picture shows. */
export type Motif =
  | 'beast'
  | 'chest'
  | 'gem'
  | 'hills'
  | 'house'
  | 'page'
  | 'person'
  | 'potion'
  | 'shield'
  | 'spiral'
  | 'sword'
  | 'tower'
  | 'wave';

/** Draws a motif as SVG into a square of 100 by 100. */
export type DrawMotif = (palette: Palette, random: Random) => string;
