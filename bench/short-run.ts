import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { startGateway, startProxy } from './contestants.ts';
import type { Meter } from './measure.ts';
import { workloadNamed } from './options.ts';
import { comparePair, enterBoth, type Pair, ratioOf, withBoth } from './rounds.ts';
import { median } from './statistics.ts';

const BASELINE = new URL('./baseline.json', import.meta.url);
// Without V8's middle compiler a process takes some seconds, on a busy machine more, until it runs what it will run for hours.
const STRETCHES = { warmSeconds: 8, seconds: 0.5, turns: 5, maxTurns: 10 };
const MAX_TRIES = 3;

/** A figure that is guarded: a ratio to the bare proxy in the same run. */
interface Guarded {
  readonly workload: string;
  readonly title: string;
  readonly of: (pair: Pair) => number;
  /** How much worse than the committed figure it may be. */
  readonly maxWorsening: number;
}

const processorTimeOf = (workload: string): Guarded => ({
  workload,
  title: `processor time of ${workload}`,
  of: ratioOf,
  maxWorsening: 1.3,
});

const GUARDED = {
  W1: processorTimeOf('W1'),
  W4: processorTimeOf('W4'),
  W8: processorTimeOf('W8'),
  p99OfW1: {
    workload: 'W1',
    title: 'p99 of W1',
    of: ({ base, gateway }) => gateway.p99Ms / base.p99Ms,
    // A percentile of half a second hangs on a few requests.
    maxWorsening: 2,
  },
} as const satisfies Readonly<Record<string, Guarded>>;

type Figure = keyof typeof GUARDED;
type Baseline = Readonly<Record<Figure, number>>;

const FIGURES: readonly Figure[] = ['W1', 'W4', 'W8', 'p99OfW1'];
const figure = z.number().positive();
const baseline = z.object({ W1: figure, W4: figure, W8: figure, p99OfW1: figure });

/** A figure, beside the most that it may be. */
export interface ShortOutcome {
  readonly figure: Figure;
  readonly title: string;
  readonly ratio: number;
  readonly limit: number;
}

/**
 * Measures the guarded figures in about two minutes and compares them with the committed ones. What is too dear is measured
 * again, with fresh processes, up to three times in all, and the best counts: a worsening shows each time, a disturbance
 * seldom does.
 */
export async function runShort(meter: Meter, upstreamUrl: string): Promise<readonly ShortOutcome[]> {
  const committed = baseline.parse(JSON.parse(readFileSync(BASELINE, 'utf8')));
  let outcomes = await measure(meter, upstreamUrl, FIGURES, committed);
  for (let tries = 1; tries < MAX_TRIES && outcomes.some(isTooDear); tries += 1) {
    const dear = outcomes.filter(isTooDear).map((outcome) => outcome.figure);
    const again = await measure(meter, upstreamUrl, dear, committed);
    outcomes = outcomes.map((outcome) => better(outcome, again));
  }
  return outcomes;
}

/** Whether a figure is more than it may be. */
export function isTooDear({ ratio, limit }: ShortOutcome): boolean {
  return ratio > limit;
}

function better(outcome: ShortOutcome, again: readonly ShortOutcome[]): ShortOutcome {
  const second = again.find((other) => other.figure === outcome.figure);
  return second && second.ratio < outcome.ratio ? second : outcome;
}

async function measure(
  meter: Meter,
  upstreamUrl: string,
  figures: readonly Figure[],
  committed: Baseline,
): Promise<readonly ShortOutcome[]> {
  const names = new Set(figures.map((each) => GUARDED[each].workload));
  const pairs = await withBoth(
    () => startProxy(upstreamUrl),
    () => startGateway(upstreamUrl, { kind: 'plain', hasMetrics: true }),
    async (base, gateway) => {
      const taken = new Map<string, readonly Pair[]>();
      for (const name of names) {
        const entries = await enterBoth(base, gateway, workloadNamed(name));
        taken.set(name, await comparePair(meter, entries, STRETCHES));
      }
      return taken;
    },
  );
  return figures.map((each) => {
    const { workload, title, of, maxWorsening } = GUARDED[each];
    const ratio = median((pairs.get(workload) ?? []).map(of));
    return { figure: each, title, ratio, limit: committed[each] * maxWorsening };
  });
}

/** Makes ratios the committed figures. */
export function writeBaseline(outcomes: readonly ShortOutcome[]): void {
  const figures = outcomes.map(({ figure: name, ratio }) => [name, Math.round(ratio * 100) / 100] as const);
  writeFileSync(BASELINE, `${JSON.stringify(Object.fromEntries(figures), null, 2)}\n`);
}
