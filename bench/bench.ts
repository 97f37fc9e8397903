import { existsSync } from 'node:fs';
import { BUNDLE, startUpstream } from './contestants.ts';
import { FORM_LIMIT } from './document-forms.ts';
import { runDocuments } from './documents-run.ts';
import { renderOutcomes, runFull } from './full-run.ts';
import { Meter } from './measure.ts';
import { type BenchOptions, parseOptions, USAGE } from './options.ts';
import { hasProcessUsage } from './process-usage.ts';
import { isPinned } from './processes.ts';
import { renderQuota, runQuota } from './quota/quota-run.ts';
import { type Pair, ratioOf } from './rounds.ts';
import { isTooDear, runShort, writeBaseline } from './short-run.ts';
import { median, quantile } from './statistics.ts';
import { runTelemetry, TELEMETRY_AIM } from './telemetry-run.ts';

async function main(): Promise<number> {
  const options = readOptions();
  if (!options) return 2;
  if (!existsSync(BUNDLE)) {
    console.error('There is no bundle to measure: run "npm run build" before.');
    return 2;
  }
  if (options.kind === 'quota') return measureQuota(options);
  if (!isPinned) console.error('NOT PINNED: without taskset and two processors the figures scatter more.');
  if (!hasProcessUsage) {
    console.error('NO PROCESSOR TIME: this system has no /proc, so there are no ratios, only requests/s.');
    if (options.kind !== 'full') return 2;
  }
  const upstream = await startUpstream();
  const meter = new Meter(upstream.running);
  try {
    return await RUNS[options.kind](meter, upstream.url, options);
  } finally {
    await meter.stop();
    await upstream.running.stop();
  }
}

function readOptions(): BenchOptions | null {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return null;
  }
}

async function measureQuota(options: BenchOptions): Promise<number> {
  const outcomes = await runQuota(options, (line) => console.error(line));
  console.log(options.isJson ? JSON.stringify(outcomes) : renderQuota(outcomes));
  return 0;
}

type BenchRun = (meter: Meter, upstreamUrl: string, options: BenchOptions) => Promise<number>;

const RUNS: Readonly<Record<Exclude<BenchOptions['kind'], 'quota'>, BenchRun>> = {
  full: async (meter, upstreamUrl, options) => {
    const outcomes = await runFull(meter, upstreamUrl, options, (line) => console.error(line));
    if (options.isJson) {
      console.log(JSON.stringify(outcomes.map(({ workload, pairs }) => ({ name: workload.name, pairs }))));
    } else {
      console.log(
        `\nProcessor time a request, medians of ${options.rounds} round(s), Node ${process.version}`,
      );
      console.log(renderOutcomes(outcomes));
    }
    return 0;
  },
  short: async (meter, upstreamUrl, { writesBaseline }) => {
    const outcomes = await runShort(meter, upstreamUrl);
    if (writesBaseline) writeBaseline(outcomes);
    for (const outcome of outcomes) {
      const { title, ratio, limit } = outcome;
      const verdict = isTooDear(outcome) ? 'TOO DEAR' : 'good';
      console.log(`${title}: ${ratio.toFixed(2)} x the bare proxy's; limit ${limit.toFixed(2)}: ${verdict}`);
    }
    return writesBaseline || !outcomes.some(isTooDear) ? 0 : 1;
  },
  telemetry: async (meter, upstreamUrl, options) => {
    const pairs = await runTelemetry(meter, upstreamUrl, options);
    if (options.isJson) console.log(JSON.stringify(pairs));
    const ratios = describeRatios(pairs);
    console.log(`W1 with metrics takes ${ratios} what it takes without; the aim is ${TELEMETRY_AIM}`);
    return 0;
  },
  documents: async (meter, upstreamUrl, options) => {
    const outcomes = await runDocuments(meter, upstreamUrl, options);
    for (const { form, pairs } of outcomes)
      console.log(`${form.title}: ${describeRatios(pairs)}; limit ${FORM_LIMIT}`);
    return 0;
  },
};

function describeRatios(pairs: readonly Pair[]): string {
  const ratios = pairs.map(ratioOf);
  const range = `middle half ${quantile(ratios, 0.25).toFixed(2)} to ${quantile(ratios, 0.75).toFixed(2)}`;
  return `${median(ratios).toFixed(2)} x (${range})`;
}

process.exitCode = await main();
