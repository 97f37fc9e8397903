import { between, type Random } from '../seeded-random.ts';

/** Colours that go together, as CSS has them. */
export interface Palette {
  sky: string;
  horizon: string;
  main: string;
  shade: string;
  light: string;
  accent: string;
  ink: string;
}

export function drawPalette(random: Random): Palette {
  const hue = between(random, 0, 359);
  const other = hue + between(random, 130, 220);
  return {
    sky: hsl(hue, 55, 78),
    horizon: hsl(hue + between(random, 20, 60), 75, 91),
    main: hsl(other, 52, 52),
    shade: hsl(other, 50, 36),
    light: hsl(other, 62, 72),
    accent: hsl(hue + between(random, 60, 110), 80, 58),
    ink: hsl(other, 35, 17),
  };
}

function hsl(hue: number, saturation: number, lightness: number): string {
  return `hsl(${hue % 360} ${saturation}% ${lightness}%)`;
}
