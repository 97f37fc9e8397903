import type { Scenario, Step } from './play-scenario.ts';

/** Eight reads at one moment. */
const FULL = Array.from(
  { length: 8 },
  (_, index): Step => ({ at: 0, asks: `first/${index}`, gets: 'starts' }),
);

/** Callers who are told to come back, one millisecond after the other. */
function told(callers: readonly string[], firstMs: number, at = 1): Step[] {
  return callers.map((caller, index) => ({ at, asks: `${caller}/list`, gets: `told ${firstMs + index}` }));
}

/** Callers who wait as long as it takes, likewise. */
function waiting(callers: readonly string[], firstMs: number): Step[] {
  return callers.map((caller, index) => ({
    at: 1,
    asks: `${caller}/list`,
    patience: 300,
    gets: `waits ${firstMs + index}`,
  }));
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
    promise: 'who comes back a moment early for the same call waits for its slot, and nobody else does',
    steps: [
      ...FULL,
      ...told(EIGHT, 59_000),
      { at: 59.98, asks: 'a/list', gets: 'waits 20' },
      { at: 59.98, asks: 'b/next page', patience: 1, gets: 'told 60024' },
      { at: 60, asks: 'a/list', goesOn: 16, gets: 'starts' },
    ],
  },
  {
    promise: 'who comes back for something else is served too, a second after it was told',
    steps: [
      ...FULL,
      ...told(EIGHT, 59_000),
      { at: 60.1, asks: 'a/next page', patience: 0.9, gets: 'waits 900' },
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
      { at: 60.5, asks: 'other/list', patience: 1.5, gets: 'waits 1500' },
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
    promise: 'each who stands by has a slot of its own to stand by for, from the moment that it was told',
    steps: [
      ...FULL,
      ...told(EIGHT, 59_000),
      { at: 59.999, asks: 'w/list', patience: 5, gets: 'told 60005' },
      { at: 60, asks: 'x/list', patience: 5, gets: 'waits 2000' },
      { at: 60.5, asks: 'y/list', patience: 5, gets: 'waits 1501' },
      { at: 60.5, asks: 'b/next page', gets: 'waits 501' },
    ],
  },
  {
    promise: 'who can be sure of a moment waits for it, and stands by for no sooner or equal one',
    steps: [
      ...FULL.slice(2),
      { at: 1, asks: 'second/0', gets: 'starts' },
      { at: 2, asks: 'second/1', gets: 'starts' },
      ...told(['a', 'b', 'c', 'd', 'e', 'f'], 58_000, 2),
      { at: 60.5, asks: 'x/list', gets: 'waits 500' },
      { at: 60.5, asks: 'y/list', gets: 'waits 1500' },
      ...['a', 'b', 'c', 'd', 'e', 'f'].map(
        (caller): Step => ({ at: 60.6, asks: `${caller}/list`, gets: 'starts' }),
      ),
      { at: 60.7, asks: 'z/list', gets: 'told 59900' },
      { at: 61, asks: 'x/list', goesOn: 14, gets: 'starts' },
      { at: 62, asks: 'y/list', goesOn: 15, gets: 'starts' },
    ],
  },
  {
    promise: 'a slot that is due keeps others waiting, as its caller may come at any moment',
    steps: [
      ...FULL.slice(7),
      ...Array.from({ length: 7 }, (_, index): Step => ({ at: 1, asks: `second/${index}`, gets: 'starts' })),
      { at: 1, asks: 'a/list', gets: 'told 59000' },
      { at: 60, asks: 'x/list', gets: 'waits 1000' },
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
    promise: 'a time exactly three windows ahead has a slot',
    throttled: 180,
    steps: [
      { at: 0, asks: 'a/list', gets: 'told 180000' },
      { at: 0, asks: 'b/list', gets: 'told 180001' },
      { at: 0, asks: 'c/list', gets: 'told 180001' },
    ],
  },
  {
    promise: 'who waits has a slot however far ahead, and all of the quota for it',
    steps: [
      ...FULL,
      ...told(EIGHT, 59_000),
      ...told(['i', 'j', 'k', 'l'], 119_004),
      ...waiting(['m', 'n', 'o', 'p'], 119_000),
      ...waiting(['q', 'r', 's', 't', 'u', 'v', 'w', 'x'], 179_000),
      ...waiting(['y', 'z'], 239_000),
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
    promise:
      'a write that has to wait does so for the part that has room first, and for its own if both have',
    steps: [
      ...FULL,
      { at: 0, asks: 'w/1', write: true, gets: 'starts' },
      { at: 5, asks: 'w/2', write: true, gets: 'starts' },
      { at: 6, asks: 'w/3', write: true, gets: 'told 54000' },
      { at: 6, asks: 'r/1', gets: 'told 54000' },
      { at: 6, asks: 'w/4', write: true, gets: 'told 54001' },
      { at: 6, asks: 'r/2', gets: 'told 54002' },
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
