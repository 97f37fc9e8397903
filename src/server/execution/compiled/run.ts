import { type FieldNode, type GraphQLError, type GraphQLResolveInfo, locatedError } from 'graphql';
import type { GraphQLContext } from '../../../schema/context.ts';
import type { BoundArguments } from './compile-arguments.ts';
import type { PendingFields, WaitingField } from './pending-fields.ts';

/** One pass over values at hand: those of a root field, or of a field that was waited for. */
export interface Run {
  readonly context: GraphQLContext;
  readonly errors: GraphQLError[];
  /** Arguments that hang on variables, each at its place. */
  readonly args: readonly BoundArguments[];
  /** Keys from the root to the value that is being completed; what lies beyond the present depth is left over. */
  readonly path: Array<string | number>;
  /** Of the root field, or of the field that was waited for. */
  readonly info: GraphQLResolveInfo;
  /** Fields that this pass has started and that others wait for. */
  readonly waiting: WaitingField[];
  /** All that the root field waits for. */
  readonly pending: PendingFields;
}

/**
 * Makes the answer's value out of a resolved one.
 * @param depth how many keys of the path lead to the value
 * @throws where null is not allowed; whoever allows it records the error
 */
export type Complete = (value: unknown, run: Run, depth: number) => unknown;

/** Records an error of a field that may be null. @throws the error, with its place, for one that may not */
export function recordError(
  error: unknown,
  nodes: readonly FieldNode[],
  isNullable: boolean,
  run: Run,
  depth: number,
): null {
  const located = locate(error, nodes, run.path.slice(0, depth + 1));
  if (!isNullable) throw located;
  run.errors.push(located);
  return null;
}

// An error whose name is a symbol, or whose getters throw, cannot be read; whoever waits for the field is answered all the same.
function locate(error: unknown, nodes: readonly FieldNode[], path: Run['path']): GraphQLError {
  try {
    return locatedError(error, nodes, path);
  } catch {
    return locatedError(new Error('an error that cannot be read'), nodes, path);
  }
}
