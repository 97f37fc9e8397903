import { parseArgs } from 'node:util';
import { WORKLOADS, type Workload } from './workloads.ts';

/** What a run is asked to do. */
export interface BenchOptions {
  readonly kind: 'full' | 'short' | 'telemetry' | 'documents' | 'quota';
  readonly rounds: number;
  /** How long each contestant is measured in a round, in stretches of a second. */
  readonly seconds: number;
  readonly workloads: readonly Workload[];
  readonly isJson: boolean;
  /** How many users there are at once, one run after the other. */
  readonly users: readonly number[];
  /** Whether a short run's ratio becomes the committed figure. */
  readonly writesBaseline: boolean;
}

export const USAGE = `Usage: npm run build && npm run bench -- [options]
  --rounds N          fresh processes for each round; medians are over them (3)
  --seconds N         load on each contestant in a round, in turns of one second (4)
  --workloads W1,W4   only these: ${WORKLOADS.map(({ name }) => name).join(', ')}
  --json              prints every sample as JSON instead of the table
  --short             W1, W4 and W8 in about two minutes; exits 1 when they are worse than bench/baseline.json allows
  --write-baseline    with --short: commits the ratios to bench/baseline.json
  --telemetry         W1 with metrics on against off
  --documents         @include, @skip, node and nodes against the same without
  --quota             users behind a quota of 100 calls a minute, for --seconds each (120)
  --users 10,100      with --quota: how many there are (10,100,1000)`;

const MAX_ROUNDS = 100;
const MAX_SECONDS = 60;
const MAX_QUOTA_SECONDS = 3_600;
const MAX_USERS = 10_000;

const KINDS = ['short', 'telemetry', 'documents', 'quota'] as const;

/** Reads the command line. @throws Error that says what is wrong with it */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string' },
      workloads: { type: 'string', default: WORKLOADS.map(({ name }) => name).join(',') },
      json: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      'write-baseline': { type: 'boolean', default: false },
      telemetry: { type: 'boolean', default: false },
      documents: { type: 'boolean', default: false },
      quota: { type: 'boolean', default: false },
      users: { type: 'string', default: '10,100,1000' },
    },
  });
  return {
    kind: KINDS.find((kind) => values[kind]) ?? 'full',
    rounds: numberIn('rounds', values.rounds, MAX_ROUNDS),
    seconds: values.quota
      ? numberIn('seconds', values.seconds ?? '120', MAX_QUOTA_SECONDS)
      : numberIn('seconds', values.seconds ?? '4', MAX_SECONDS),
    users: values.users.split(',').map((text) => numberIn('users', text, MAX_USERS)),
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
