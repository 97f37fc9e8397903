import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { BUNDLE } from './contestants.ts';
import { hasProcessUsage } from './process-usage.ts';
import { startFaultyUpstream } from './soak/faulty-upstream.ts';
import { Load, type Tally } from './soak/load.ts';
import { CALLERS, type Sample, type SoakedGateway, startSoakedGateway } from './soak/soaked-gateway.ts';
import { type Finding, findGrowth, findLeftovers, WINDOWS } from './soak/verdict.ts';
import { renderTable } from './statistics.ts';

const USAGE = `Usage: npm run build && npm run soak -- [--minutes N]
  --minutes N   how long the load lasts, from 5 to 600 (10)`;
// In a quarter of less, the caches would not fill.
const MIN_MINUTES = 5;
const MAX_MINUTES = 600;
// For each of the two gateways: it is about what they hold, not about what they can bear.
const REQUESTS_PER_SECOND = 75;
const SAMPLE_EVERY_MS = 5_000;
const CACHE_TTL_MS = 2_000;
// Longer than a deadline and than idle connections to the upstream last.
const QUIET_MS = 20_000;

async function main(): Promise<number> {
  const minutes = readMinutes();
  if (minutes === null) {
    console.error(USAGE);
    return 2;
  }
  if (!existsSync(BUNDLE) || !hasProcessUsage) {
    console.error('There is no bundle to soak ("npm run build" makes it), or this system has no /proc.');
    return 2;
  }
  const upstream = await startFaultyUpstream();
  const gateways = [
    await startSoakedGateway('without cache', upstream.url, 0),
    await startSoakedGateway('with cache', upstream.url, CACHE_TTL_MS),
  ];
  try {
    const isGood = (await Promise.all(gateways.map((gateway) => soak(gateway, minutes)))).map(report);
    return isGood.every(Boolean) ? 0 : 1;
  } finally {
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    await upstream.stop();
  }
}

function readMinutes(): number | null {
  try {
    const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } });
    const minutes = Number(values.minutes);
    return Number.isInteger(minutes) && minutes >= MIN_MINUTES && minutes <= MAX_MINUTES ? minutes : null;
  } catch {
    return null;
  }
}

interface Outcome {
  readonly name: string;
  readonly findings: readonly Finding[];
  readonly tallies: readonly Tally[];
}

async function soak(gateway: SoakedGateway, minutes: number): Promise<Outcome> {
  const before = await gateway.sample();
  const load = new Load(gateway.origin, CALLERS, REQUESTS_PER_SECOND);
  const startedAt = performance.now();
  const windowMs = (minutes * 60_000) / WINDOWS;
  const windows: (readonly Sample[])[] = [];
  load.start();
  for (let window = 1; window <= WINDOWS; window += 1) {
    const samples = await sampleUntil(startedAt + window * windowMs, gateway);
    windows.push(samples);
    const requests = load.tallies.reduce((sum, { sent }) => sum + sent, 0);
    console.error(
      `${((window * windowMs) / 60_000).toFixed(1)} min  ${describe(gateway, samples, requests)}`,
    );
  }
  await load.stop();
  await sleep(QUIET_MS);
  const after = await gateway.sample();
  const findings = [...findGrowth(windows), ...findLeftovers(before, after)];
  return { name: gateway.name, findings, tallies: load.tallies };
}

async function sampleUntil(endsAt: number, gateway: SoakedGateway): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (let leftMs = endsAt - performance.now(); leftMs > 0; leftMs = endsAt - performance.now()) {
    await sleep(Math.min(SAMPLE_EVERY_MS, leftMs));
    samples.push(await gateway.sample());
  }
  return samples;
}

function describe({ name }: SoakedGateway, samples: readonly Sample[], requests: number): string {
  const least = (of: (sample: Sample) => number) => Math.min(...samples.map(of)).toFixed(1);
  const figures = [least(({ liveMb }) => liveMb), least(({ rssMb }) => rssMb)];
  const descriptors = Math.min(...samples.map((sample) => sample.descriptors));
  return `${name}: ${requests} requests, live ${figures[0]} MB, RSS ${figures[1]} MB, ${descriptors} descriptors`;
}

/** Prints what came of it; true when nothing grew and nothing was wrong. */
function report({ name, findings, tallies }: Outcome): boolean {
  const wrong = tallies.flatMap((tally) => tally.wrong.map((words) => `${tally.kind}: ${words}`));
  console.log(`\nThe gateway ${name}`);
  console.log(renderTable([['requests', 'sent', 'left', 'answers'], ...tallies.map(tallyRow)]));
  for (const words of wrong) console.log(`WRONG  ${words}`);
  console.log(
    renderTable([['figure', 'before', 'after', 'at most', 'verdict'], ...findings.map(findingRow)]),
  );
  return wrong.length === 0 && findings.every(({ grows }) => !grows);
}

function tallyRow({ kind, sent, left, outcomes }: Tally): readonly string[] {
  const answers = [...outcomes].sort((a, b) => b[1] - a[1]).map(([outcome, times]) => `${outcome} ${times}`);
  return [kind, String(sent), String(left), answers.join(', ')];
}

function findingRow({ figure, before, after, most, grows }: Finding): readonly string[] {
  return [figure, before.toFixed(1), after.toFixed(1), most.toFixed(1), grows ? 'GROWS' : 'good'];
}

process.exitCode = await main();
