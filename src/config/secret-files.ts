import type { Problems } from './problems.ts';

/** An environment, as the process gives it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Drops what is set to nothing, as compose files do. */
export function withoutEmpty(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

/**
 * Adds the secrets that stand in files which `NAME_FILE` variables name, without their last line's end.
 * @param readFile gives a file's text; throws when it can't
 */
export function withSecretFiles(
  env: Environment,
  names: readonly string[],
  readFile: (path: string) => string,
  problems: Problems,
): Environment {
  const secrets: Record<string, string> = {};
  for (const name of names) {
    const path = env[`${name}_FILE`];
    if (path === undefined) continue;
    if (env[name] !== undefined) problems.add(name, `and ${name}_FILE are both set: keep one.`);
    try {
      secrets[name] = readFile(path).replace(/\r?\n$/, '');
    } catch {
      problems.add(`${name}_FILE`, 'names a file that cannot be read.');
    }
  }
  return { ...env, ...secrets };
}
