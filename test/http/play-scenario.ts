import type { PacedCall } from '../../src/http/pacing/pacing.ts';
import { type PacedSide, passTo } from './paced-sides.ts';

/** One call of a scenario, which ends when it has started, at once. */
export interface Step {
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
