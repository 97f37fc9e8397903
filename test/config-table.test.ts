import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { variablesIn } from '../src/config/variables/variable.ts';
import { variablesFor } from '../src/config/variables/variables.ts';
import { parseProduction as parse, problemsOf } from './support/environment.ts';

const NESTED = new Set(['proxyRules', 'upstream', 'callers', 'documentLimits', 'trustedDocuments', 'traces']);

const variables = variablesIn(variablesFor('production'));

/** The variables that a file explains, in order. */
function rowsOf(file: string): readonly string[] {
  return readFileSync(file, 'utf8').match(/(?<=^\| `)[A-Z][A-Z0-9_]+(?=` +\|)/gm) ?? [];
}

test('every variable has a name of its own, and no field of the configuration hides another', () => {
  const names = variables.map(({ name }) => name);
  const fields = variables.filter(({ group }) => !NESTED.has(group)).map(({ field }) => field);
  expect(names.length).toBeGreaterThan(30);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(fields).size).toBe(fields.length);
  expect(Object.keys(parse({}))).toEqual(expect.arrayContaining(fields));
});

test('what may stand in a file is kept out of the log', () => {
  const inFiles = variables.filter(({ mayBeFile }) => mayBeFile);
  expect(inFiles.map(({ name }) => name)).toContain('REDIS_URL');
  expect(inFiles.filter(({ secretTexts }) => secretTexts === undefined)).toEqual([]);
});

test('every variable is on the page of the configuration, and nothing else; the README names the ten that matter most', () => {
  expect(rowsOf('docs/configuration.md')).toEqual(variables.map(({ name }) => name));
  const main = variables.filter(({ isMain }) => isMain).map(({ name }) => name);
  expect(main).toHaveLength(10);
  expect(rowsOf('README.md')).toEqual(expect.arrayContaining(main));
});

test('a name that is close to that of a variable is not read', () => {
  expect(problemsOf({ PORTS: 'x', AUTH_MODE: 'none', UPSTREAM: 'sandbox' })).toBe('');
});
