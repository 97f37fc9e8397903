import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMPOSE_FILES, DASHBOARD, DEPLOY, KUBERNETES, parseYaml, RESOURCES, readYaml } from './manifests.ts';
import {
  findComposeProblems,
  findKubernetesProblems,
  findStrayNames,
  kubernetesTyped,
  type Typed,
} from './published-schemas.ts';

const DEPLOYMENT = join(KUBERNETES, 'deployment.yaml');
const COMPOSED = join(DEPLOY, 'compose.yaml');

const dashboardTyped = (text: string): Typed => ({
  value: JSON.parse(text),
  type: 'Dashboard',
  from: '@grafana/schema',
});

describe('by the published schemas', () => {
  test.each(RESOURCES)('%s is what Kubernetes takes', (file) => {
    expect(findKubernetesProblems(readYaml(file))).toEqual([]);
  });

  test.each(COMPOSE_FILES)('%s is what Compose takes', (file) => {
    expect(findComposeProblems(readYaml(file))).toEqual([]);
  });

  test('no manifest and no panel sets a name that its kind has not', () => {
    const manifests = RESOURCES.map((file) => kubernetesTyped(readYaml(file)));
    expect(manifests.length).toBeGreaterThan(5);
    expect(findStrayNames([...manifests, dashboardTyped(readFileSync(DASHBOARD, 'utf8'))])).toEqual([]);
  });
});

// The schemas are others' work: these tell when one of them lets everything pass.
describe('a mistake is found', () => {
  test('in a value of a manifest', () => {
    const wrong = withMistake(DEPLOYMENT, 'memory: 512Mi', 'memory: 512MiB');
    expect(findKubernetesProblems(parseYaml(wrong, DEPLOYMENT)).join('\n')).toContain('limits/memory');
  });

  test('in a name, deep in a manifest or in a panel', () => {
    const manifest = withMistake(DEPLOYMENT, 'livenessProbe:', 'livenessProb:');
    const board = withMistake(DASHBOARD, '"gridPos"', '"gridPosition"');
    const found = findStrayNames([kubernetesTyped(parseYaml(manifest, DEPLOYMENT)), dashboardTyped(board)]);
    expect(found.join('\n')).toContain(`'"livenessProb"' does not exist`);
    expect(found.join('\n')).toContain(`'"gridPosition"' does not exist`);
  });

  test('in a name of a service', () => {
    const wrong = withMistake(COMPOSED, 'stop_grace_period:', 'stop_period:');
    expect(findComposeProblems(parseYaml(wrong, COMPOSED)).join('\n')).toContain('stop_period');
  });
});

function withMistake(file: string, right: string, wrong: string): string {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(right);
  return text.replace(right, wrong);
}
