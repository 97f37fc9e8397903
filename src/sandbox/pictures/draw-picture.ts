import { seededRandom } from '../seeded-random.ts';

/** Draws a small landscape, the same for the same asset: sky, sun and three ranges of hills. */
export function drawPicture(assetId: string): string {
  const random = seededRandom(assetId);
  const hue = Math.floor(random() * 360);
  const sky = `hsl(${hue} 70% 72%)`;
  const horizon = `hsl(${(hue + 40 + random() * 60) % 360} 85% 86%)`;
  const [sunX, sunY, sunSize] = [40 + random() * 176, 50 + random() * 60, 16 + random() * 26];
  const hills = [0, 1, 2].map((depth) => {
    const fill = `hsl(${(hue + 150 + depth * 14) % 360} 45% ${58 - depth * 14}%)`;
    return `<path fill="${fill}" d="${hillPath(130 + depth * 38, random)}"/>`;
  });
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 256 256">',
    '<defs><linearGradient id="sky" x2="0" y2="1">',
    `<stop stop-color="${sky}"/><stop offset="1" stop-color="${horizon}"/>`,
    '</linearGradient></defs>',
    '<rect width="256" height="256" fill="url(#sky)"/>',
    `<circle cx="${sunX.toFixed(1)}" cy="${sunY.toFixed(1)}" r="${sunSize.toFixed(1)}" fill="#fff8e1" opacity=".9"/>`,
    ...hills,
    '</svg>',
  ].join('');
}

function hillPath(baseline: number, random: () => number): string {
  const height = () => (baseline - 30 + random() * 60).toFixed(1);
  return `M0 256V${height()}C64 ${height()} 96 ${height()} 128 ${height()}S208 ${height()} 256 ${height()}V256Z`;
}
