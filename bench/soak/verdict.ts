import { median } from '../statistics.ts';
import type { Sample } from './soaked-gateway.ts';

/*
 * What counts as growth.
 *
 * The time under load is cut into 20 windows. The floor of a window is its smallest sample: what is held whatever is under
 * way just then. The first quarter is for caches to fill. The median floor of the second quarter is compared with that of
 * the last: of five windows each, so that one odd window decides nothing. Half of the load lies between the two, so a
 * leak of 150 bytes a request is 3.3 MB at 75 requests a second over ten minutes: just beyond what is tolerated. A longer run
 * finds a smaller one.
 *
 * After the load, with nobody connected, what was under way must have ended, and the descriptors must be those of the start
 * but for three: that finds a leak of one in ten thousand requests, which the changing size of the pools would hide before.
 */

/** A figure of a gateway that should not grow. */
export interface Finding {
  readonly figure: string;
  readonly before: number;
  readonly after: number;
  readonly most: number;
  readonly grows: boolean;
}

/** How many windows the time under load is cut into. */
export const WINDOWS = 20;

interface Tolerance {
  readonly figure: string;
  readonly of: (sample: Sample) => number;
  /** What it may grow by: so much, or this share where that is more. */
  readonly amount: number;
  readonly share: number;
}

// The allocator keeps pages that it may want again, so the resident memory says little: only what can't be that counts.
const TOLERANCES: readonly Tolerance[] = [
  { figure: 'live heap, MB', of: ({ liveMb }) => liveMb, amount: 2, share: 0.05 },
  { figure: 'resident memory, MB', of: ({ rssMb }) => rssMb, amount: 16, share: 0.1 },
  { figure: 'descriptors, /proc', of: ({ descriptors }) => descriptors, amount: 16, share: 0 },
  { figure: 'descriptors, metric', of: (sample) => sample.countedDescriptors, amount: 16, share: 0 },
];

const MAX_DESCRIPTORS_MORE = 3;

/** Compares the floors of the second quarter with those of the last. @param windows samples, by window */
export function findGrowth(windows: readonly (readonly Sample[])[]): readonly Finding[] {
  const quarter = Math.floor(windows.length / 4);
  const second = windows.slice(quarter, 2 * quarter);
  const last = windows.slice(-quarter);
  return TOLERANCES.map(({ figure, of, amount, share }) => {
    const floor = (samples: readonly Sample[]) => Math.min(...samples.map(of));
    const before = median(second.map(floor));
    const after = median(last.map(floor));
    const most = before + Math.max(amount, before * share);
    return { figure, before, after, most, grows: !(after <= most) };
  });
}

/** Compares what is left when everybody is gone with what there was before anybody came. */
export function findLeftovers(before: Sample, after: Sample): readonly Finding[] {
  const most = before.descriptors + MAX_DESCRIPTORS_MORE;
  return [
    {
      figure: 'descriptors, before and after',
      before: before.descriptors,
      after: after.descriptors,
      most,
      grows: after.descriptors > most,
    },
    {
      figure: 'operations under way, before and after',
      before: before.inFlight,
      after: after.inFlight,
      most: 0,
      grows: after.inFlight > 0,
    },
  ];
}
