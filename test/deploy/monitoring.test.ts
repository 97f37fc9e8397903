import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DEFAULT_ACCOUNT } from '../../src/shared/brands.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { DASHBOARD, DEPLOY, readYaml, valuesOf } from './manifests.ts';

const RULES = join(DEPLOY, 'prometheus/alerts.yaml');
const RULE_TESTS = join(DEPLOY, 'prometheus/alerts.test.yaml');
const GUIDE = 'docs/operating.md';

const rulesFile = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string(),
          expr: z.string(),
          for: z.string().optional(),
          labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.strictObject({ summary: z.string() }),
        }),
      ),
    }),
  ),
});

const dashboard: unknown = JSON.parse(readFileSync(DASHBOARD, 'utf8'));
const rules = rulesFile.parse(readYaml(RULES)).groups.flatMap((group) => group.rules);
const guide = readFileSync(GUIDE, 'utf8');
const own = new Set<string>();
const scraped = new Set(['up']);

beforeAll(async () => {
  const metrics = createMetrics();
  metrics.watch({
    accounts: [
      {
        account: DEFAULT_ACCOUNT,
        queueDepth: () => 0,
        callsInFlight: () => 0,
        breakerState: () => 'closed',
        callsLeft: () => ({ read: 80, write: 100 }),
        pacedCalls: { waited: 0, refused: 0 },
      },
    ],
    redisUp: () => true,
    logLinesLost: () => 0,
  });
  for (const [, name = '', type] of (await metrics.render()).matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
    own.add(name);
    scraped.add(name);
    if (type === 'histogram') for (const part of ['bucket', 'sum', 'count']) scraped.add(`${name}_${part}`);
  }
});

test('every query of the dashboard and of the alerts asks for metrics that there are', () => {
  const queries = z
    .array(z.string())
    .parse([...valuesOf('expr', dashboard), ...rules.map(({ expr }) => expr)]);
  expect(queries.length).toBeGreaterThan(30);
  for (const query of queries) {
    const names = metricNames(query);
    expect(names).not.toEqual([]);
    expect(names.filter((name) => !scraped.has(name))).toEqual([]);
  }
});

test('the dashboard shows every metric of the gateway', () => {
  const shown = new Set(z.array(z.string()).parse(valuesOf('expr', dashboard)).flatMap(metricNames));
  const missing = [...own].filter((name) => name.startsWith('gateway_'));
  expect(missing.filter((name) => !shown.has(name) && !shown.has(`${name}_bucket`))).toEqual([]);
});

test('the panels of the dashboard have ids of their own and ask the data source that is provisioned', () => {
  const ids = valuesOf('id', dashboard);
  expect(new Set(ids).size).toBe(ids.length);
  const [source] = z
    .array(z.array(z.looseObject({ uid: z.string() })))
    .parse(
      valuesOf('datasources', readYaml(join(DEPLOY, 'grafana/provisioning/datasources/prometheus.yaml'))),
    )
    .flat();
  for (const used of valuesOf('datasource', dashboard)) expect(used).toMatchObject({ uid: source?.uid });
});

describe('the operating guide', () => {
  test('tells what each alert is', () => {
    expect(rules.map(({ alert }) => alert).filter((alert) => !guide.includes(`\`${alert}\``))).toEqual([]);
  });

  test('lists every metric of the gateway', () => {
    const gatewayOwn = [...own].filter((name) => name.startsWith('gateway_'));
    expect(gatewayOwn.filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
  });

  test('has a runbook for every error code', () => {
    const sources = ['src/server/edge/error-codes.ts', 'src/shared/gateway-error.ts'];
    const codes = sources.flatMap((file) => readFileSync(file, 'utf8').match(/(?<=\| ')[A-Z_]+(?=')/g) ?? []);
    expect(codes.length).toBeGreaterThan(15);
    const runbooks = new Set(guide.slice(guide.indexOf('## Runbooks')).match(/(?<=`)[A-Z_]+(?=`)/g));
    expect(codes.filter((code) => !runbooks.has(code))).toEqual([]);
  });
});

// Without promtool this fails in CI, where it is installed, and says so elsewhere.
describe('promtool', () => {
  const isHere = spawnSync('promtool', ['--version']).error === undefined;

  test.skipIf(!isHere && !process.env['CI']).each([
    ['check', 'rules', RULES],
    ['check', 'config', '--syntax-only', join(DEPLOY, 'prometheus/prometheus.yaml')],
    ['test', 'rules', RULE_TESTS],
  ])('%s %s finds nothing to complain about', (...args) => {
    const { status, stdout, stderr, error } = spawnSync('promtool', args, { encoding: 'utf8' });
    expect({ status, words: status === 0 ? '' : `${stdout}${stderr}`, error }).toEqual({
      status: 0,
      words: '',
    });
  });
});

/** The metrics that a query names: what is left when text, labels, ranges, numbers, functions and keywords are gone. */
function metricNames(query: string): string[] {
  const bare = query
    .replaceAll(/"[^"]*"/g, '')
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, ' ')
    .replaceAll(/\b(by|without|on|ignoring)\s*\([^)]*\)/g, ' ')
    .replaceAll(/\boffset\s+\w+/g, ' ');
  const words = bare.match(/(?<![\w.])[a-z_]\w*(?!\w|\s*\()/g) ?? [];
  return words.filter((word) => !['or', 'and', 'unless', 'by'].includes(word));
}
