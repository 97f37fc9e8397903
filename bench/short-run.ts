import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { startGateway, startProxy } from './contestants.ts';
import type { Meter } from './measure.ts';
import { workloadNamed } from './options.ts';
import { comparePair, enterBoth, ratioOf, withBoth } from './rounds.ts';
import { median } from './statistics.ts';

const BASELINE = new URL('./baseline.json', import.meta.url);
// Without V8's middle compiler a process takes some seconds, on a busy machine more, until it runs what it will run for hours.
const STRETCHES = { warmSeconds: 8, seconds: 0.5, turns: 5, maxTurns: 10 };
const MAX_WORSENING = 1.3;
const MAX_TRIES = 3;

const baseline = z.object({ W1: z.number().positive() });

/** A ratio, beside the most that it may be. */
export interface ShortOutcome {
  readonly ratio: number;
  readonly limit: number;
}

/**
 * Measures W1 in about 30 seconds and compares with the committed figure. What is too dear is measured again, with fresh
 * processes, up to three times in all, and the best counts: a worsening shows each time, a disturbance seldom does.
 */
export async function runShort(meter: Meter, upstreamUrl: string): Promise<ShortOutcome> {
  const { W1: committed } = baseline.parse(JSON.parse(readFileSync(BASELINE, 'utf8')));
  const limit = committed * MAX_WORSENING;
  let ratio = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < MAX_TRIES && ratio > limit; tries += 1)
    ratio = Math.min(ratio, await measure(meter, upstreamUrl));
  return { ratio, limit };
}

async function measure(meter: Meter, upstreamUrl: string): Promise<number> {
  const pairs = await withBoth(
    () => startProxy(upstreamUrl),
    () => startGateway(upstreamUrl, { kind: 'plain', hasMetrics: true }),
    async (base, gateway) =>
      comparePair(meter, await enterBoth(base, gateway, workloadNamed('W1')), STRETCHES),
  );
  return median(pairs.map(ratioOf));
}

/** Makes a ratio the committed figure. */
export function writeBaseline(ratio: number): void {
  writeFileSync(BASELINE, `${JSON.stringify({ W1: Math.round(ratio * 100) / 100 }, null, 2)}\n`);
}
