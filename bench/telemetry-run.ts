import { startGateway } from './contestants.ts';
import type { Meter } from './measure.ts';
import { type BenchOptions, workloadNamed } from './options.ts';
import { comparePair, enterBoth, type Pair, withBoth } from './rounds.ts';

/** The most that metrics may cost, as a ratio. */
export const TELEMETRY_AIM = 1.15;

/** Measures W1 on gateways without metrics (the base) and with them, fresh ones in each round. */
export async function runTelemetry(
  meter: Meter,
  upstreamUrl: string,
  { rounds, seconds }: BenchOptions,
): Promise<readonly Pair[]> {
  const start = (hasMetrics: boolean) => () => startGateway(upstreamUrl, { kind: 'plain', hasMetrics });
  // A small difference needs more turns than a large one.
  const stretches = { warmSeconds: 2, seconds: 1, turns: 2 * seconds, maxTurns: 4 * seconds };
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const measured = await withBoth(start(false), start(true), async (base, gateway) =>
      comparePair(meter, await enterBoth(base, gateway, workloadNamed('W1')), stretches),
    );
    pairs.push(...measured);
  }
  return pairs;
}
