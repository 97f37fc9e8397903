import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { startGateway, startProxy } from './contestants.ts';
import type { Meter } from './measure.ts';
import { workloadNamed } from './options.ts';
import { comparePair, ratioOf, withBoth } from './rounds.ts';
import { median } from './statistics.ts';

const BASELINE = new URL('./baseline.json', import.meta.url);
const STRETCHES = { warmSeconds: 1.2, seconds: 0.5, turns: 5, maxTurns: 10 };
const MAX_WORSENING = 1.3;

const baseline = z.object({ W1: z.number().positive() });

/** A ratio, beside the most that it may be. */
export interface ShortOutcome {
  readonly ratio: number;
  readonly limit: number;
}

/** Measures W1 in about 10 seconds and compares with the committed figure. */
export async function runShort(meter: Meter, upstreamUrl: string): Promise<ShortOutcome> {
  const { W1: committed } = baseline.parse(JSON.parse(readFileSync(BASELINE, 'utf8')));
  const pairs = await withBoth(
    () => startProxy(upstreamUrl),
    () => startGateway(upstreamUrl, { isCached: false, hasMetrics: true }),
    (base, gateway) => comparePair(meter, workloadNamed('W1'), { base, gateway }, STRETCHES),
  );
  return { ratio: median(pairs.map(ratioOf)), limit: committed * MAX_WORSENING };
}

/** Makes a ratio the committed figure. */
export function writeBaseline(ratio: number): void {
  writeFileSync(BASELINE, `${JSON.stringify({ W1: Math.round(ratio * 100) / 100 }, null, 2)}\n`);
}
