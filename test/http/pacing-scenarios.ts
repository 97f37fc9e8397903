import type { PacedCall } from '../../src/http/pacing/pacing.ts';
import { type PacedSide, passTo } from './paced-sides.ts';

/** One call of a scenario, which ends when it has started, at once. */
interface Step {
  /** Seconds since the begin of the scenario. */
  readonly at: number;
  /** `CALLER/CALL`, which is the same call when it is the same text. */
  readonly asks: string;
  readonly write?: true;
  /** How long it can wait, in seconds. */
  readonly patience?: number;
  /** For a call that waits, or that is not there: the step whose call it goes on with, by its number from 0. */
  readonly goesOn?: number;
  /** `starts`, or milliseconds that it waits or is told. */
  readonly gets: string;
}

/** What is to hold for whoever paces; of ten calls a minute, eight are for reads. */
export interface Scenario {
  readonly promise: string;
  readonly steps: readonly Step[];
  /** A 429 before the steps, and for how long the upstream wants no call then, in seconds. */
  readonly throttled?: number;
}

export const QUOTA = 10;

/** Eight reads at one moment. */
const FULL = Array.from(
  { length: 8 },
  (_, index): Step => ({ at: 0, asks: `first/${index}`, gets: 'starts' }),
);

/** Callers who are told to come back, one millisecond after the other. */
function told(callers: readonly string[], firstMs: number): Step[] {
  return callers.map((caller, index) => ({ at: 1, asks: `${caller}/list`, gets: `told ${firstMs + index}` }));
}

const EIGHT = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

export const SCENARIOS: readonly Scenario[] = [
  {
    promise: 'who comes back when it was told is served, whoever else asks',
    steps: [
      ...FULL,
      ...told(['a', 'b'], 59_000),
      { at: 60.01, asks: 'other/list', gets: 'starts' },
      { at: 60.01, asks: 'a/list', gets: 'starts' },
      { at: 60.01, asks: 'b/list', gets: 'starts' },
    ],
  },
  {
    promise: 'who comes back when it was told is served also where nobody else would be',
    steps: [
      ...FULL,
      ...told(EIGHT, 59_000),
      { at: 60.5, asks: 'other/list', patience: 1, gets: 'told 59504' },
      ...EIGHT.map((caller): Step => ({ at: 60.5, asks: `${caller}/list`, gets: 'starts' })),
    ],
  },
  {
    promise: 'who comes back for something else is served too, a second after it was told',
    steps: [
      ...FULL,
      ...told(EIGHT, 59_000),
      { at: 60.1, asks: 'a/next page', gets: 'waits 900' },
      { at: 61, asks: 'a/next page', goesOn: 16, gets: 'starts' },
    ],
  },
  {
    promise: 'who comes back for something else and cannot wait is served at once',
    steps: [
      ...FULL,
      ...told(EIGHT, 59_000),
      { at: 60.1, asks: 'a/next page', patience: 0.5, gets: 'starts' },
      { at: 60.2, asks: 'b/next page', patience: 0.5, gets: 'starts' },
    ],
  },
  {
    promise: 'the same call comes before other calls of its caller',
    steps: [
      ...FULL,
      ...told(EIGHT, 59_000),
      { at: 60.1, asks: 'a/next page', gets: 'waits 900' },
      { at: 60.2, asks: 'a/list', gets: 'starts' },
      { at: 61, asks: 'a/next page', goesOn: 16, patience: 1, gets: 'told 59001' },
    ],
  },
  {
    promise: 'a caller has as many slots as it was told times',
    steps: [
      ...FULL,
      ...told(['a', 'a', 'b', 'c', 'd', 'e', 'f', 'g'], 59_000),
      { at: 61.2, asks: 'a/x', gets: 'starts' },
      { at: 61.2, asks: 'a/y', gets: 'starts' },
      { at: 61.2, asks: 'a/z', patience: 0.1, gets: 'told 58802' },
    ],
  },
  {
    promise:
      'a slot that nobody comes for is anybody’s after two seconds, and who asks in these waits for it',
    steps: [
      ...FULL,
      ...told(EIGHT, 59_000),
      { at: 60.5, asks: 'other/list', gets: 'waits 1500' },
      { at: 62, asks: 'other/list', goesOn: 16, gets: 'starts' },
      { at: 62.1, asks: 'another/list', gets: 'starts' },
    ],
  },
  {
    promise: 'as many stand by for slots of others as there are such slots, each once',
    steps: [
      ...FULL,
      ...told(EIGHT, 59_000),
      ...EIGHT.slice(1).map((caller): Step => ({ at: 60.01, asks: `${caller}/list`, gets: 'starts' })),
      { at: 60.5, asks: 'x/list', patience: 5, gets: 'waits 1500' },
      { at: 60.5, asks: 'y/list', patience: 5, gets: 'told 59500' },
      { at: 60.6, asks: 'a/list', gets: 'starts' },
      { at: 62, asks: 'x/list', goesOn: 23, patience: 5, gets: 'told 58010' },
    ],
  },
  {
    promise: 'who has stood by in vain is told so, and does not stand by again',
    steps: [
      ...FULL.slice(2),
      { at: 1, asks: 'second/0', gets: 'starts' },
      { at: 1, asks: 'second/1', gets: 'starts' },
      ...told(['a', 'b', 'c', 'd', 'e', 'f'], 59_000),
      ...told(['g', 'h'], 60_000),
      ...['b', 'c', 'd', 'e', 'f'].map(
        (caller): Step => ({ at: 60.01, asks: `${caller}/list`, gets: 'starts' }),
      ),
      { at: 60.5, asks: 'x/list', patience: 5, gets: 'waits 1500' },
      { at: 60.6, asks: 'a/list', gets: 'starts' },
      { at: 62, asks: 'x/list', goesOn: 21, patience: 5, gets: 'told 58010' },
    ],
  },
  {
    promise: 'slots that were given up keep nobody waiting: half of the quota at least is not told away',
    steps: [
      ...FULL,
      ...told(EIGHT, 59_000),
      ...told(['i', 'j', 'k', 'l'], 119_004),
      ...told(['m'], 179_004),
      ...['n', 'o', 'p', 'q'].map((caller): Step => ({ at: 80, asks: `${caller}/list`, gets: 'starts' })),
      { at: 80, asks: 'r/list', patience: 9, gets: 'told 60000' },
      { at: 120.1, asks: 'i/other', patience: 0.5, gets: 'starts' },
    ],
  },
  {
    promise: 'beyond three windows who is told a time has no slot',
    steps: [
      ...FULL,
      ...told(EIGHT, 59_000),
      ...told(['i', 'j', 'k', 'l'], 119_004),
      ...told(['m', 'n', 'o', 'p'], 179_004),
      { at: 1, asks: 'q/list', gets: 'told 239004' },
      { at: 1, asks: 'r/list', gets: 'told 239004' },
    ],
  },
  {
    promise:
      'writes have two calls of their own and then those that reads leave; reads that are told a time keep none waiting',
    steps: [
      ...FULL,
      ...told(EIGHT, 59_000),
      { at: 1, asks: 'w/1', write: true, gets: 'starts' },
      { at: 1, asks: 'w/2', write: true, gets: 'starts' },
      { at: 1, asks: 'w/3', write: true, gets: 'told 60000' },
    ],
  },
  {
    promise: 'after a 429 half of the quota is used, which grows back within a minute',
    throttled: 8,
    steps: [
      { at: 0, asks: 'a/1', gets: 'waits 8000' },
      { at: 8, asks: 'a/1', goesOn: 0, gets: 'starts' },
      ...['2', '3', '4'].map((call): Step => ({ at: 8, asks: `a/${call}`, gets: 'starts' })),
      { at: 8, asks: 'a/5', gets: 'told 60000' },
      { at: 23, asks: 'b/5', gets: 'starts' },
      { at: 23, asks: 'b/6', gets: 'told 45001' },
      { at: 67.999, asks: 'c/6', gets: 'starts' },
    ],
  },
];

/** Plays a scenario. @returns what each step gets */
export async function play({ steps, throttled }: Scenario, side: PacedSide): Promise<string[]> {
  const beganAt = performance.now();
  const got: string[] = [];
  if (throttled !== undefined) await side.throttled(throttled * 1_000);
  for (const [index, step] of steps.entries()) {
    const now = Math.round(beganAt + step.at * 1_000);
    passTo(now);
    const call = toCall(step, step.goesOn ?? index);
    const gets = await side.enter(call);
    if (gets === 'starts') await side.end(call.id, true);
    got.push(gets);
  }
  return got;
}

function toCall({ asks, write, patience = 10 }: Step, step: number): PacedCall {
  const [caller = '', key = ''] = asks.split('/');
  const priority = write ? 'write' : 'read';
  return { id: `call-${step}`, caller, key, priority, patienceMs: patience * 1_000, maxDurationMs: 10_000 };
}
