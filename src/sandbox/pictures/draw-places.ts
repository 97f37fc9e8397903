import { between, type Random } from '../seeded-random.ts';
import type { DrawMotif } from './motif.ts';

export const drawHills: DrawMotif = ({ main, light, shade }, random) =>
  [light, main, shade]
    .map((fill, depth) => `<path fill="${fill}" d="${hillPath(48 + depth * 15, random)}"/>`)
    .join('');

function hillPath(baseline: number, random: Random): string {
  const height = () => baseline - 11 + between(random, 0, 22);
  // Far beyond the square on both sides, so that wide pictures have no edge.
  return `M-100 140V${height()}C-40 ${height()} 0 ${height()} 50 ${height()}S140 ${height()} 200 ${height()}V140Z`;
}

export const drawHouse: DrawMotif = (palette, random) => {
  const { main, light, shade, accent, ink } = palette;
  const [width, floor] = [between(random, 22, 32), between(random, 34, 44)];
  const [left, right] = [50 - width, 50 + width];
  return `${drawHills(palette, random)}
    <rect x="${left}" y="${floor}" width="${2 * width}" height="${86 - floor}" fill="${light}" stroke="${ink}" stroke-width="1.5"/>
    <path d="M${left - 8} ${floor}L50 ${floor - between(random, 20, 30)}L${right + 8} ${floor}z" fill="${accent}" stroke="${ink}" stroke-width="1.5"/>
    <path d="M44 86V68a6 6 0 0 1 12 0v18z" fill="${shade}"/>
    <rect x="${left + 6}" y="${floor + 9}" width="10" height="11" fill="${main}" stroke="${ink}"/>
    <rect x="${right - 16}" y="${floor + 9}" width="10" height="11" fill="${main}" stroke="${ink}"/>`;
};

export const drawTower: DrawMotif = (palette, random) => {
  const { light, shade, accent, ink } = palette;
  const top = between(random, 16, 28);
  return `${drawHills(palette, random)}
    <path d="M40 88L43 ${top}h14l3 66z" fill="${light}" stroke="${ink}" stroke-width="1.5"/>
    <path d="M41.5 ${top + 24}h17l1 ${between(random, 9, 14)}h-19z" fill="${accent}"/>
    <rect x="41" y="${top - 8}" width="18" height="9" fill="#fff8d8" stroke="${ink}"/>
    <path d="M39 ${top - 8}L50 ${top - 19}l11 11z" fill="${shade}"/>
    <path d="M59 ${top - 5}L120 ${top - 22}v34z" fill="#fff8d8" opacity=".35"/>`;
};

export const drawSpiral: DrawMotif = ({ main, light, accent }, random) => {
  const turns = between(random, 3, 5);
  const points = Array.from({ length: turns * 24 }, (_, index) => {
    const angle = (index / 24) * 2 * Math.PI;
    const radius = 3 + (index / (turns * 24)) * 42;
    return `${(50 + radius * Math.cos(angle)).toFixed(1)} ${(50 + radius * Math.sin(angle)).toFixed(1)}`;
  });
  const line = (color: string, width: number) =>
    `<polyline points="${points.join(' ')}" fill="none" stroke="${color}" stroke-width="${width}" stroke-linecap="round"/>`;
  return `<circle cx="50" cy="50" r="47" fill="#181420"/>${line(main, 7)}${line(accent, 4)}${line(light, 1.5)}`;
};
