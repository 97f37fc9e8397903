import { between } from '../seeded-random.ts';
import type { DrawMotif } from './motif.ts';

export const drawBeast: DrawMotif = ({ main, light, shade, accent, ink }, random) => {
  const [ear, wide, eye] = [between(random, 8, 26), between(random, 24, 32), between(random, 5, 8)];
  const spots = Array.from({ length: between(random, 2, 6) }, () => {
    const [x, y] = [between(random, 34, 66), between(random, 32, 44)];
    return `<circle cx="${x}" cy="${y}" r="${between(random, 1, 3)}" fill="${shade}"/>`;
  });
  const eyes = [50 - wide / 2, 50 + wide / 2].map(
    (x) => `<circle cx="${x}" cy="53" r="${eye}" fill="${accent}" stroke="${ink}"/>
      <ellipse cx="${x}" cy="53" rx="1.8" ry="${eye - 1}" fill="${ink}"/>`,
  );
  return `<path d="M${50 - wide} 40L${46 - wide} ${40 - ear}L${66 - wide} 32z" fill="${shade}"/>
    <path d="M${50 + wide} 40L${54 + wide} ${40 - ear}L${34 + wide} 32z" fill="${shade}"/>
    <path d="M${50 - wide} 52q0-30 ${wide}-30t${wide} 30q-2 34-${wide} 38q-${wide - 2}-4-${wide}-38z" fill="${main}" stroke="${ink}" stroke-width="2"/>
    ${spots.join('')}${eyes.join('')}
    <ellipse cx="50" cy="72" rx="${wide / 2}" ry="12" fill="${light}"/>
    <path d="M46 68h8l-4 5z" fill="${ink}"/><path d="M50 73v4m-7 0q7 6 14 0" fill="none" stroke="${ink}" stroke-width="1.5"/>`;
};

export const drawPerson: DrawMotif = ({ main, light, shade, accent, ink }, random) => {
  const skin = `hsl(${between(random, 18, 34)} 45% ${between(random, 36, 78)}%)`;
  const hair = between(random, 30, 44);
  return `<path d="M14 104q2-34 36-36t36 36v99h-72z" fill="${main}"/><path d="M40 68l10 20 10-20z" fill="${light}"/>
    <path d="M${50 - 21} 46q-6 30 4 32h34q10-2 4-32z" fill="${shade}" opacity="${between(random, 0, 1)}"/>
    <rect x="43" y="56" width="14" height="16" fill="${skin}"/><ellipse cx="50" cy="44" rx="17" ry="21" fill="${skin}"/>
    <path d="M31 44q0-${hair} 19-${hair}t19 ${hair}q-6-14-19-15t-19 15z" fill="${shade}"/>
    <circle cx="43" cy="45" r="2" fill="${ink}"/><circle cx="57" cy="45" r="2" fill="${ink}"/>
    <path d="M44 54q6 ${between(random, 1, 5)} 12 0" fill="none" stroke="${ink}" stroke-width="1.5"/>
    <circle cx="50" cy="76" r="3.5" fill="${accent}" stroke="${ink}"/>`;
};
