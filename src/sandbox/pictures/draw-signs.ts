import { between } from '../seeded-random.ts';
import type { DrawMotif } from './motif.ts';

/** Stands for a sound. */
export const drawWave: DrawMotif = ({ main, accent }, random) =>
  Array.from({ length: 16 }, (_, index) => {
    const height = between(random, 8, 76);
    const fill = index % 4 === 3 ? accent : main;
    return `<rect x="${3 + index * 6}" y="${50 - height / 2}" width="4" height="${height}" rx="2" fill="${fill}"/>`;
  }).join('');

/** Stands for a text. */
export const drawPage: DrawMotif = ({ main, ink }, random) => {
  const lines = Array.from({ length: 9 }, (_, index) => {
    return `<rect x="28" y="${24 + index * 7}" width="${between(random, 22, 44)}" height="2.5" fill="${ink}" opacity=".6"/>`;
  });
  return `<path d="M20 8h46l14 14v70H20z" fill="#fffdf6" stroke="${main}" stroke-width="2"/>${lines.join('')}`;
};
