import { closestMatch } from 'leven';
import type { Environment } from './secret-files.ts';
import type { Variable } from './variables/variable.ts';

/** A variable that is set and not known, and the one that was probably meant. */
export interface MisspeltVariable {
  readonly name: string;
  readonly meant: string;
}

// Otherwise short names of other programs would be taken for ours.
const LETTERS_PER_SLIP = 6;

/** Finds what is set under nearly the name of a variable which is not set itself: `CORS_ORIGIN` for `CORS_ORIGINS`. */
export function findMisspelt(env: Environment, variables: readonly Variable[]): readonly MisspeltVariable[] {
  const known = variables.flatMap(({ name, mayBeFile }) => (mayBeFile ? [name, `${name}_FILE`] : [name]));
  const unset = known.filter((name) => env[name] === undefined);
  return Object.keys(env)
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const maxDistance = Math.floor(name.length / LETTERS_PER_SLIP);
      const meant = closestMatch(name.toUpperCase(), unset, { maxDistance });
      return meant === undefined ? [] : [{ name, meant }];
    });
}
