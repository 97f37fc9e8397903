import { type Environment, withoutEmpty, withSecretFiles } from './secret-files.ts';
import { type Mode, type Variable, variablesIn } from './variables/variable.ts';
import { type Settings, variablesFor } from './variables/variables.ts';

/** The variables as they are set, checked one by one. */
export interface ReadSettings {
  readonly settings: Settings;
  /** What no log line may hold. */
  readonly secrets: readonly string[];
}

/**
 * Reads every variable of the table.
 * @param readFile gives a file's text; throws when it can't
 * @param problems gets what is wrong; a variable that is wrong is read as if it were absent, so that what depends on others
 * is checked as well
 */
export function readSettings(
  env: Environment,
  mode: Mode,
  readFile: (path: string) => string,
  problems: string[],
): ReadSettings {
  const table = variablesFor(mode);
  const variables = variablesIn(table);
  const secretNames = variables.filter(({ mayBeFile }) => mayBeFile).map(({ name }) => name);
  const given = withSecretFiles(withoutEmpty(env), secretNames, readFile, problems);
  const secrets = secretsIn(variables, given);
  const checked = table.safeParse(byGroup(variables, given));
  if (checked.success) return { settings: checked.data, secrets };

  const bad = new Set<string>();
  for (const { path, message } of checked.error.issues) {
    const name = nameAt(variables, path);
    bad.add(name);
    problems.push(given[name] === undefined ? `${name} must be set.` : `${name} ${message}.`);
  }
  const good = Object.fromEntries(Object.entries(given).filter(([name]) => !bad.has(name)));
  // The one that has no default.
  return { settings: table.parse(byGroup(variables, { AUTH_MODE: 'none', ...good })), secrets };
}

function byGroup(variables: readonly Variable[], given: Environment): Record<string, Environment> {
  const groups: Record<string, Record<string, string | undefined>> = {};
  for (const { group, field, name } of variables) groups[group] = { ...groups[group], [field]: given[name] };
  return groups;
}

function nameAt(variables: readonly Variable[], [group, field]: readonly PropertyKey[]): string {
  return variables.find((variable) => variable.group === group && variable.field === field)?.name ?? '';
}

function secretsIn(variables: readonly Variable[], given: Environment): readonly string[] {
  return variables.flatMap(({ name, secretTexts }) => {
    const value = given[name];
    return value === undefined || !secretTexts ? [] : secretTexts(value);
  });
}
