import { findMisspelt, type MisspeltVariable } from './misspelt-variables.ts';
import { placeIn } from './parse-secret-list.ts';
import type { Problems } from './problems.ts';
import { type Environment, withoutEmpty, withSecretFiles } from './secret-files.ts';
import { type Mode, type Variable, variablesIn } from './variables/variable.ts';
import { type Settings, variablesFor } from './variables/variables.ts';

/** The variables as they are set, checked one by one. */
export interface ReadSettings {
  readonly settings: Settings;
  /** What no log line may hold. */
  readonly secrets: readonly string[];
  readonly misspelt: readonly MisspeltVariable[];
}

/**
 * Reads every variable of the table.
 * @param readFile gives a file's text; throws when it can't
 * @param problems gets what is wrong; a variable that is wrong is read as what can be told of it, or else as if it were
 * absent, so that what depends on others is checked as well
 */
export function readSettings(
  env: Environment,
  mode: Mode,
  readFile: (path: string) => string,
  problems: Problems,
): ReadSettings {
  const table = variablesFor(mode);
  const variables = variablesIn(table);
  const secretNames = variables.filter(({ mayBeFile }) => mayBeFile).map(({ name }) => name);
  const set = withoutEmpty(env);
  const given = withSecretFiles(set, secretNames, readFile, problems);
  const told = { secrets: secretsIn(variables, given), misspelt: findMisspelt(set, variables) };
  const checked = table.safeParse(byGroup(variables, given));
  if (checked.success) return { settings: checked.data, ...told };

  const readable: Record<string, string | undefined> = { ...given };
  for (const { path, message } of checked.error.issues) {
    const [group, field, ...place] = path;
    const { name, readAnyway } = variableAt(variables, group, field);
    const value = given[name];
    if (value === undefined) problems.add(name, 'must be set.');
    else if (place.length > 0) problems.addInside(name, `${placeIn(place)} ${message}.`);
    else problems.add(name, `${message}.`);
    readable[name] = value === undefined ? undefined : readAnyway?.(value);
  }
  // The one that has no default.
  return {
    settings: table.parse(byGroup(variables, { ...readable, AUTH_MODE: readable['AUTH_MODE'] ?? 'none' })),
    ...told,
  };
}

function byGroup(variables: readonly Variable[], given: Environment): Record<string, Environment> {
  const groups: Record<string, Record<string, string | undefined>> = {};
  for (const { group, field, name } of variables) groups[group] = { ...groups[group], [field]: given[name] };
  return groups;
}

function variableAt(variables: readonly Variable[], group?: PropertyKey, field?: PropertyKey): Variable {
  const found = variables.find((variable) => variable.group === group && variable.field === field);
  if (!found) throw new Error('the table has a check that belongs to no variable');
  return found;
}

function secretsIn(variables: readonly Variable[], given: Environment): readonly string[] {
  return variables.flatMap(({ name, secretTexts }) => {
    const value = given[name];
    return value === undefined || !secretTexts ? [] : secretTexts(value);
  });
}
