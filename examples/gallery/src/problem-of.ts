import { CombinedGraphQLErrors } from '@apollo/client';
import { type Problem, problemIn } from './problems.ts';

/** What an error of Apollo Client tells: an entry of `errors`, or that no answer came. */
export function problemOf(error: unknown): Problem {
  return problemIn(CombinedGraphQLErrors.is(error) ? error.errors : []);
}
