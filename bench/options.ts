import { parseArgs } from 'node:util';
import { WORKLOADS, type Workload } from './workloads.ts';

/** What a run is asked to do. */
export interface BenchOptions {
  readonly kind: 'full' | 'short' | 'telemetry' | 'documents';
  readonly rounds: number;
  /** How long each contestant is measured in a round, in stretches of a second. */
  readonly seconds: number;
  readonly workloads: readonly Workload[];
  readonly isJson: boolean;
  /** Whether a short run's ratio becomes the committed figure. */
  readonly writesBaseline: boolean;
}

export const USAGE = `Usage: npm run build && npm run bench -- [options]
  --rounds N          fresh processes for each round; medians are over them (3)
  --seconds N         load on each contestant in a round, in turns of one second (4)
  --workloads W1,W4   only these: ${WORKLOADS.map(({ name }) => name).join(', ')}
  --json              prints every sample as JSON instead of the table
  --short             W1 alone, in about 15 s; exits 1 when it is worse than 1.3 x bench/baseline.json
  --write-baseline    with --short: commits the ratio to bench/baseline.json
  --telemetry         W1 with metrics on against off
  --documents         @include, @skip, node and nodes against the same without`;

const MAX_ROUNDS = 100;
const MAX_SECONDS = 60;

/** Reads the command line. @throws Error that says what is wrong with it */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '4' },
      workloads: { type: 'string', default: WORKLOADS.map(({ name }) => name).join(',') },
      json: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      'write-baseline': { type: 'boolean', default: false },
      telemetry: { type: 'boolean', default: false },
      documents: { type: 'boolean', default: false },
    },
  });
  return {
    kind: (['short', 'telemetry', 'documents'] as const).find((kind) => values[kind]) ?? 'full',
    rounds: numberIn('rounds', values.rounds, MAX_ROUNDS),
    seconds: numberIn('seconds', values.seconds, MAX_SECONDS),
    workloads: values.workloads.split(',').map(workloadNamed),
    isJson: values.json,
    writesBaseline: values['write-baseline'],
  };
}

/** The workload of this name. @throws when there is none */
export function workloadNamed(name: string): Workload {
  const workload = WORKLOADS.find((candidate) => candidate.name === name);
  if (!workload) throw new Error(`there is no workload "${name}"`);
  return workload;
}

function numberIn(name: string, text: string, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > max)
    throw new Error(`--${name} must be a whole number from 1 to ${max}`);
  return value;
}
