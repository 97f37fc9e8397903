import { startGateway, startProxy } from './contestants.ts';
import type { Meter } from './measure.ts';
import type { BenchOptions } from './options.ts';
import { comparePair, disturbance, enterBoth, type Pair, ratioOf, withBoth } from './rounds.ts';
import { median, quantile, renderTable } from './statistics.ts';
import { GATEWAY_KINDS, type Workload } from './workloads.ts';

/** All pairs of a workload, of all rounds. */
export interface Outcome {
  readonly workload: Workload;
  readonly pairs: readonly Pair[];
}

const WARM_SECONDS = 3;

/** Measures every workload in every round, each round with fresh processes. @param say tells how far it is */
export async function runFull(
  meter: Meter,
  upstreamUrl: string,
  { rounds, seconds, workloads }: BenchOptions,
  say: (line: string) => void,
): Promise<readonly Outcome[]> {
  const outcomes = workloads.map((workload) => ({ workload, pairs: new Array<Pair>() }));
  const stretches = { warmSeconds: WARM_SECONDS, seconds: 1, turns: seconds, maxTurns: 3 * seconds };
  for (let round = 1; round <= rounds; round += 1) {
    for (const kind of GATEWAY_KINDS) {
      const due = outcomes.filter(({ workload }) => workload.gateway === kind);
      if (due.length === 0) continue;
      await withBoth(
        () => startProxy(upstreamUrl),
        () => startGateway(upstreamUrl, { kind, hasMetrics: true }),
        async (base, gateway) => {
          for (const { workload, pairs } of due) {
            const entries = await enterBoth(base, gateway, workload);
            const measured = await comparePair(meter, entries, stretches);
            pairs.push(...measured);
            say(`round ${round}  ${workload.name}  ${describe(measured)}`);
          }
        },
      );
    }
  }
  return outcomes;
}

function describe(pairs: readonly Pair[]): string {
  const ratios = pairs.map(ratioOf);
  return `${median(ratios).toFixed(2)} x the proxy, others ${percent(median(pairs.map(disturbance)))}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

const HEADINGS = [
  'workload',
  'us proxy',
  'us gateway',
  'ratio',
  'middle half',
  'aim',
  'busy',
  'others',
  'req/s proxy',
  'req/s gateway',
  'p50 ms',
  'p99 ms',
  'p99 proxy',
  'RSS MB',
];

/** Writes medians over the rounds as a table. */
export function renderOutcomes(outcomes: readonly Outcome[]): string {
  return renderTable([HEADINGS, ...outcomes.map(rowOf)]);
}

function rowOf({ workload, pairs }: Outcome): readonly string[] {
  const ratios = pairs.map(ratioOf);
  const base = (key: keyof Pair['base']) => median(pairs.map((pair) => pair.base[key]));
  const gateway = (key: keyof Pair['gateway']) => median(pairs.map((pair) => pair.gateway[key]));
  return [
    `${workload.name} ${workload.title}`,
    base('cpuUs').toFixed(1),
    gateway('cpuUs').toFixed(1),
    median(ratios).toFixed(2),
    `${quantile(ratios, 0.25).toFixed(2)}-${quantile(ratios, 0.75).toFixed(2)}`,
    workload.aim.toFixed(1),
    `${percent(base('busy'))}/${percent(gateway('busy'))}`,
    percent(median(pairs.map(disturbance))),
    base('requestsPerSecond').toFixed(0),
    gateway('requestsPerSecond').toFixed(0),
    gateway('p50Ms').toFixed(2),
    gateway('p99Ms').toFixed(2),
    base('p99Ms').toFixed(2),
    gateway('rssMb').toFixed(0),
  ];
}
