import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

export const DEPLOY = 'deploy';
export const KUBERNETES = join(DEPLOY, 'kubernetes');
export const COMPOSE_FILES = ['compose.yaml', join(DEPLOY, 'compose.yaml')];
export const DASHBOARD = join(DEPLOY, 'grafana/dashboards/gateway.json');

/** Paths of the files below a folder whose names end so. */
export function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
}

/** The one document of a YAML file. @throws when it is not exactly one, or is not strictly YAML */
export function readYaml(path: string): unknown {
  return parseYaml(readFileSync(path, 'utf8'), path);
}

/** The one document of a text. @throws like `readYaml` */
export function parseYaml(text: string, path: string): unknown {
  const documents = parseAllDocuments(text, { merge: true, strict: true, uniqueKeys: true });
  const [document, ...others] = [...documents];
  if (!document || others.length > 0) throw new Error(`${path} does not hold one document`);
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) throw new Error(`${path}: ${problem.message}`);
  return document.toJS();
}

/** Every value of this key, however deep. */
export function valuesOf(key: string, value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  const own = entries.filter(([name]) => name === key).map(([, inner]: [string, unknown]) => inner);
  return own.concat(entries.flatMap(([, inner]) => valuesOf(key, inner)));
}

/** The manifests of resources; what puts them together is none. */
export const RESOURCES: readonly string[] = filesBelow(KUBERNETES, '.yaml').filter(
  (path) => !path.endsWith('kustomization.yaml'),
);
