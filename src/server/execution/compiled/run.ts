import type { GraphQLError, GraphQLResolveInfo } from 'graphql';
import type { GraphQLContext } from '../../../schema/context.ts';

/** One run of a compiled operation. */
export interface Run {
  readonly context: GraphQLContext;
  readonly errors: GraphQLError[];
  /** Keys from the root to the value that is being completed; what lies beyond the present depth is left over. */
  readonly path: Array<string | number>;
  /** Of the root field that the value belongs to. */
  info: GraphQLResolveInfo;
}

/**
 * Makes the answer's value out of a resolved one.
 * @param depth how many keys of the path lead to the value
 * @throws where null is not allowed; whoever allows it records the error
 */
export type Complete = (value: unknown, run: Run, depth: number) => unknown;
