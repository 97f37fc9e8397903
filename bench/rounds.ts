import type { Contestant } from './contestants.ts';
import { type Entry, enter, type Meter, type Sample } from './measure.ts';
import type { Workload } from './workloads.ts';

/** Two samples that were taken next to each other: only their ratio means anything. */
export interface Pair {
  readonly base: Sample;
  readonly gateway: Sample;
}

/** How long a pair is loaded. */
export interface Stretches {
  /** Of each contestant, before anything is measured. */
  readonly warmSeconds: number;
  readonly seconds: number;
  /** How often the two take turns that count. */
  readonly turns: number;
  /** How often they take turns at most, to replace those that other processes disturbed. */
  readonly maxTurns: number;
}

/** Runs something with two contestants, started one after the other, and ends them whatever happens. */
export async function withBoth<Value>(
  startBase: () => Promise<Contestant>,
  startGateway: () => Promise<Contestant>,
  use: (base: Contestant, gateway: Contestant) => Promise<Value>,
): Promise<Value> {
  const base = await startBase();
  try {
    const gateway = await startGateway();
    try {
      return await use(base, gateway);
    } finally {
      await gateway.running.stop();
    }
  } finally {
    await base.running.stop();
  }
}

// With more, it shows in the figures. The kernel's own clocks differ by half as much on a quiet machine.
const MAX_OTHERS = 0.2;

/** Two that take turns. */
export interface Entries {
  readonly base: Entry;
  readonly gateway: Entry;
}

/** Gets two contestants ready for the same workload. */
export async function enterBoth(base: Contestant, gateway: Contestant, workload: Workload): Promise<Entries> {
  return { base: await enter(base, workload), gateway: await enter(gateway, workload) };
}

/** Lets two take turns. @returns the turns that other processes disturbed least */
export async function comparePair(
  meter: Meter,
  { base, gateway }: Entries,
  { warmSeconds, seconds, turns, maxTurns }: Stretches,
): Promise<readonly Pair[]> {
  await meter.warm(base, warmSeconds);
  await meter.warm(gateway, warmSeconds);
  const pairs: Pair[] = [];
  for (let turn = 0; turn < maxTurns && pairs.filter(isQuiet).length < turns; turn += 1) {
    pairs.push({ base: await meter.measure(base, seconds), gateway: await meter.measure(gateway, seconds) });
  }
  return pairs.toSorted((left, right) => disturbance(left) - disturbance(right)).slice(0, turns);
}

/** The larger share of the machine that others took while a pair was measured. */
export function disturbance({ base, gateway }: Pair): number {
  return Math.max(base.others, gateway.others);
}

// Where the share is not known, every pair counts.
function isQuiet(pair: Pair): boolean {
  return !(disturbance(pair) > MAX_OTHERS);
}

/** Processor time of the gateway for each request, in those of the base. */
export function ratioOf({ base, gateway }: Pair): number {
  return gateway.cpuUs / base.cpuUs;
}
