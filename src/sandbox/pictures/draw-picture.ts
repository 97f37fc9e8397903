import { between, type Random, seededRandom } from '../seeded-random.ts';
import { drawBeast, drawPerson } from './draw-beings.ts';
import { drawChest, drawGem, drawPotion, drawShield, drawSword } from './draw-items.ts';
import { drawHills, drawHouse, drawSpiral, drawTower } from './draw-places.ts';
import { drawPage, drawWave } from './draw-signs.ts';
import type { DrawMotif, Motif } from './motif.ts';
import { drawPalette, type Palette } from './palette.ts';

const MOTIFS: Readonly<Record<Motif, DrawMotif>> = {
  beast: drawBeast,
  chest: drawChest,
  gem: drawGem,
  hills: drawHills,
  house: drawHouse,
  page: drawPage,
  person: drawPerson,
  potion: drawPotion,
  shield: drawShield,
  spiral: drawSpiral,
  sword: drawSword,
  tower: drawTower,
  wave: drawWave,
};

export interface PictureOrder {
  /** The same seed always gives the same picture. */
  seed: string;
  motif: Motif;
  /** Pixels. */
  width: number;
  height: number;
}

/** Draws a picture as SVG: a motif before a sky, whatever the format. */
export function drawPicture({ seed, motif, width, height }: PictureOrder): string {
  const random = seededRandom(`picture ${seed}`);
  const palette = drawPalette(random);
  // The shorter side has 100 units, so that the motif always fits.
  const unit = Math.min(width, height) / 100;
  const [right, bottom] = [width / unit, height / unit];
  const place = `translate(${((right - 100) / 2).toFixed(1)} ${((bottom - 100) / 2).toFixed(1)})`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${right.toFixed(1)} ${bottom.toFixed(1)}">`,
    drawSky(palette, right, bottom, random),
    `<g transform="${place}">${MOTIFS[motif](palette, random)}</g>`,
    '</svg>',
  ]
    .join('')
    .replaceAll(/\n\s*/g, '');
}

function drawSky({ sky, horizon }: Palette, right: number, bottom: number, random: Random): string {
  const [x, y] = [between(random, 15, 85) * (right / 100), between(random, 10, 30) * (bottom / 100)];
  return [
    `<defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="${sky}"/><stop offset="1" stop-color="${horizon}"/></linearGradient></defs>`,
    '<rect width="100%" height="100%" fill="url(#sky)"/>',
    `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${between(random, 7, 14)}" fill="#fff8e1" opacity=".8"/>`,
  ].join('');
}
