import { between } from '../seeded-random.ts';
import type { DrawMotif } from './motif.ts';

export const drawPotion: DrawMotif = ({ main, light, shade, ink }, random) => {
  const level = between(random, 48, 68);
  const bubbles = Array.from({ length: between(random, 2, 5) }, () => {
    const [x, y, radius] = [between(random, 36, 64), between(random, 70, 84), between(random, 1, 3)];
    return `<circle cx="${x}" cy="${y}" r="${radius}" fill="#fff" opacity=".7"/>`;
  });
  return `<path d="M42 14h16v22a28 28 0 1 1-16 0z" fill="#fff" opacity=".55"/>
    <clipPath id="bottle"><path d="M42 14h16v22a28 28 0 1 1-16 0z"/></clipPath>
    <g clip-path="url(#bottle)"><rect x="15" y="${level}" width="70" height="60" fill="${main}"/>
    <ellipse cx="50" cy="${level}" rx="30" ry="4" fill="${light}"/></g>${bubbles.join('')}
    <path d="M42 14h16v22a28 28 0 1 1-16 0z" fill="none" stroke="${ink}" stroke-width="2.5"/>
    <rect x="40" y="6" width="20" height="10" rx="3" fill="${shade}"/>`;
};

export const drawSword: DrawMotif = ({ main, light, accent, ink }, random) => {
  const width = between(random, 4, 8);
  const guard = between(random, 14, 22);
  return `<g transform="rotate(${between(random, 25, 50)} 50 50)" stroke="${ink}" stroke-width="1.5">
    <path d="M50 2l${width} 10v52h-${2 * width}V12z" fill="${light}"/>
    <path d="M50 4v60" stroke="#fff" opacity=".6"/>
    <rect x="${50 - guard}" y="63" width="${2 * guard}" height="6" rx="3" fill="${accent}"/>
    <rect x="46.5" y="69" width="7" height="20" fill="${main}"/>
    <circle cx="50" cy="92" r="5" fill="${accent}"/></g>`;
};

export const drawShield: DrawMotif = ({ main, light, shade, accent, ink }, random) => {
  const studs = between(random, 5, 9);
  const ring = Array.from({ length: studs }, (_, index) => {
    const angle = (index / studs) * 2 * Math.PI;
    const [x, y] = [50 + 34 * Math.cos(angle), 50 + 34 * Math.sin(angle)];
    return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="2.6" fill="${ink}"/>`;
  });
  return `<circle cx="50" cy="50" r="42" fill="${shade}"/><circle cx="50" cy="50" r="38" fill="${main}"/>
    <path d="M50 12v76M12 50h76" stroke="${light}" stroke-width="${between(random, 5, 12)}"/>
    <circle cx="50" cy="50" r="12" fill="${accent}" stroke="${ink}" stroke-width="2"/>${ring.join('')}`;
};

export const drawGem: DrawMotif = ({ main, light, shade, accent }, random) => {
  const tables = between(random, 12, 24);
  const stones = [
    [50, 46, 1],
    [20, 74, 0.45],
    [80, 76, 0.5],
  ].map(
    ([x, y, scale], index) => `<g transform="translate(${x} ${y}) scale(${scale})">
    <path d="M-34-8l${34 - tables}-22h${2 * tables}l${34 - tables} 22L0 38z" fill="${index === 2 ? accent : main}"/>
    <path d="M-34-8h68L0 38z" fill="${shade}" opacity=".55"/><path d="M-${tables}-8h${2 * tables}L0 38z" fill="${light}" opacity=".8"/></g>`,
  );
  return stones.join('');
};

export const drawChest: DrawMotif = ({ main, shade, light, accent, ink }, random) => {
  const open = between(random, 0, 1) * 14;
  const coins = Array.from({ length: between(random, 3, 7) }, () => {
    const [x, y] = [between(random, 26, 74), between(random, 36, 46)];
    return `<circle cx="${x}" cy="${y}" r="5" fill="${accent}" stroke="${ink}"/>`;
  });
  return `${open > 0 ? coins.join('') : ''}
    <path d="M14 ${46 - open}q0-22 36-22t36 22z" fill="${light}" stroke="${ink}" stroke-width="2"/>
    <rect x="14" y="46" width="72" height="38" rx="3" fill="${main}" stroke="${ink}" stroke-width="2"/>
    <path d="M28 46v38M72 46v38" stroke="${shade}" stroke-width="7"/>
    <rect x="43" y="44" width="14" height="14" rx="2" fill="${accent}" stroke="${ink}"/>`;
};
